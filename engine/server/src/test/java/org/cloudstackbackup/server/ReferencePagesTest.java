/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.cloudstackbackup.framework.alert.AlertType;
import org.cloudstackbackup.framework.event.EventCatalogue;
import org.cloudstackbackup.framework.identity.ApiKeys;
import org.cloudstackbackup.server.api.ApiConfig;
import org.cloudstackbackup.server.api.ApiServer;
import org.cloudstackbackup.server.job.Node;
import org.cloudstackbackup.store.Database;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pages in docs/reference that are drawn from the code are up to date. With {@code -Dreference.write=true} they are written
 * instead of compared.
 */
@SuppressWarnings("NullAway.Init")
class ReferencePagesTest {
    private static final Pattern EVENT_TYPE = Pattern.compile("[A-Z]{2,}(\\.[A-Z]{2,})+");
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.cloudstackbackup");

    @TempDir
    static Path folder;

    private static Database database;
    private static DataFolder data;
    private static Parts parts;
    private static ApiServer api;
    private static ApiKeys keys;

    @BeforeAll
    static void start() throws IOException {
        data = DataFolder.open(folder.resolve("data"));
        database = Database.open(Database.memoryUrl("reference-" + UUID.randomUUID()) + ";DB_CLOSE_DELAY=30", 4);
        parts = Parts.build(
                new ServerOptions(0, data.path(), null, "a long password", false),
                data,
                new Node("node-a"),
                database,
                Clock.systemUTC(),
                admin -> keys = admin.keys());
        api = new ApiServer(
                new ApiConfig("127.0.0.1", 0, "4.22.0.0", "node-a", ApiConfig.DEFAULT_SESSION_TIMEOUT, 8),
                parts.apiPorts(),
                parts.dispatcher(),
                Map.of(),
                (command, status, took) -> {});
        api.start();
    }

    @AfterAll
    static void stop() {
        api.stop();
        parts.drivers().close();
        parts.dummy().close();
        database.close();
        data.close();
    }

    @Test
    void thePageOfCommandsIsUpToDate() throws Exception {
        String answer = new SignedClient(api.port(), keys).call("listApis", Map.of());
        isUpToDate("commands.rst", ReferencePages.commands(answer, CLASSES));
    }

    @Test
    void thePageOfSettingsIsUpToDate() throws Exception {
        String answer = new SignedClient(api.port(), keys).call("listConfigurations", Map.of());
        isUpToDate("settings.rst", ReferencePages.settings(answer));
    }

    @Test
    void thePageOfEventsIsUpToDate() throws IOException {
        isUpToDate("events.rst", ReferencePages.events(EventCatalogue.DESCRIPTIONS));
    }

    @Test
    void thePageOfAlertsIsUpToDate() throws IOException {
        List<List<String>> types = Arrays.stream(AlertType.values())
                .map(type -> List.of(String.valueOf(type.number()), "``" + type.wireName() + "``", type.meaning()))
                .toList();
        isUpToDate("alerts.rst", ReferencePages.alerts(types));
    }

    @Test
    void theCatalogueHasEveryTypeOfEventInTheCodeAndNoOther() throws IOException {
        Set<String> used = new TreeSet<>();
        for (JavaClass each : CLASSES) {
            if (!each.isEquivalentTo(EventCatalogue.class) && !each.isEquivalentTo(AlertType.class)) {
                constantsOf(each).stream()
                        .filter(text -> EVENT_TYPE.matcher(text).matches())
                        .forEach(used::add);
            }
        }
        assertThat(EventCatalogue.DESCRIPTIONS.keySet()).containsExactlyElementsOf(used);
    }

    private static void isUpToDate(String name, String content) throws IOException {
        Path page =
                Path.of("..", "..", "docs", "reference", name).toAbsolutePath().normalize();
        if (Boolean.getBoolean("reference.write")) {
            Files.writeString(page, content);
        }
        assertThat(page).isRegularFile();
        assertThat(Files.readString(page))
                .as(
                        "%s; write it anew with: mvn -pl engine/server -am test -Dtest=ReferencePagesTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dreference.write=true",
                        page.getFileName())
                .isEqualTo(content);
    }

    /** All texts in the constant pool of the class file; see the Java Virtual Machine Specification, 4.4. */
    private static List<String> constantsOf(JavaClass type) throws IOException {
        List<String> texts = new ArrayList<>();
        try (InputStream opened =
                        type.getSource().orElseThrow().getUri().toURL().openStream();
                DataInputStream in = new DataInputStream(opened)) {
            in.skipNBytes(8);
            int count = in.readUnsignedShort();
            for (int i = 1; i < count; i++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> texts.add(new String(in.readNBytes(in.readUnsignedShort()), StandardCharsets.UTF_8));
                    case 5, 6 -> {
                        in.skipNBytes(8);
                        i++;
                    }
                    case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
                    case 15 -> in.skipNBytes(3);
                    case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                    default -> throw new IOException("Constant of kind " + tag + " in " + type.getName());
                }
            }
        }
        return texts;
    }
}
