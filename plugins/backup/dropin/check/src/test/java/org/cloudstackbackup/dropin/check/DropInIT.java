/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.dropin.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.cloudstackbackup.bridge.fake.FakeCloudStack;
import org.cloudstackbackup.dropin.check.inside.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;

/** What CloudStack 4.22 demands of a jar on its class path. A new drop-in adds one line to {@link #all}. */
class DropInIT {
    private static final int JAVA_17 = 61;
    private static final String OURS = "org/cloudstackbackup/";

    /** What CloudStack brings and a jar may name: its own types, and the libraries that both share. */
    private static final List<String> AROUND = List.of(
            "java/",
            "javax/",
            "com/sun/nio/file/",
            "com/cloud/",
            "org/apache/cloudstack/",
            "org/apache/logging/log4j/",
            "com/google/gson/annotations/");

    static List<DropIn> all() {
        return List.of(
                new DropIn("cloudstackbackup-dummy", "dummy"), new DropIn("cloudstackbackup-pxbackup", "px-backup"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void theModuleFileIsAsTheLoaderWantsIt(DropIn dropIn) throws IOException {
        List<String> modules = dropIn.entries().stream()
                .filter(name -> name.matches("META-INF/cloudstack/[^/]+/"))
                .toList();
        assertThat(modules).containsExactly("META-INF/cloudstack/" + dropIn.module() + "/");
        Properties properties = new Properties();
        properties.load(new ByteArrayInputStream(dropIn.read(modules.get(0) + "module.properties")));
        assertThat(properties).containsEntry("name", dropIn.module()).containsEntry("parent", "backup");
        assertThat(dropIn.entries())
                .filteredOn(name -> name.endsWith("context.xml"))
                .containsExactly(dropIn.context());
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyFolderHasAnEntryOfItsOwn(DropIn dropIn) {
        Set<String> entries = new HashSet<>(dropIn.entries());
        Set<String> missing = new TreeSet<>();
        dropIn.entries().forEach(entry -> missing.addAll(DropIn.parents(entry)));
        missing.removeAll(entries);
        assertThat(missing).isEmpty();
        assertThat(dropIn.entries()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyClassIsOursOrHasMovedToUs(DropIn dropIn) {
        assertThat(dropIn.classes()).hasSizeGreaterThan(80).allMatch(name -> name.startsWith(OURS));
        assertThat(dropIn.entries())
                .noneMatch(name -> name.startsWith("META-INF/versions/"))
                .noneMatch(name -> name.matches("META-INF/.*\\.(SF|RSA|DSA)"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyClassIsForJava17(DropIn dropIn) {
        for (String name : dropIn.classes()) {
            int version = new ClassReader(dropIn.read(name)).readUnsignedShort(6);
            if (name.contains("/lib/")) {
                assertThat(version).as(name).isLessThanOrEqualTo(JAVA_17);
            } else {
                assertThat(version).as(name).isEqualTo(JAVA_17);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void nothingIsNamedThatIsNotThere(DropIn dropIn) {
        Set<String> present = new HashSet<>(dropIn.classes());
        Set<String> strange = new TreeSet<>();
        for (String name : dropIn.classes()) {
            for (String reference : DropIn.references(dropIn.read(name))) {
                boolean known = present.contains(reference + ".class")
                        || AROUND.stream().anyMatch(reference::startsWith);
                // Libraries name optional ones that they can do without; those must not be CloudStack's copies of
                // packed ones.
                boolean optional =
                        name.contains("/lib/") && !reference.matches("(com/fasterxml|org/apache/hc|org/slf4j)/.*");
                if (!known && !optional) {
                    strange.add(name + " names " + reference);
                }
            }
        }
        assertThat(strange).isEmpty();
    }

    @Test
    void twoJarsHaveNoClassInCommon() {
        Set<String> seen = new HashSet<>();
        for (DropIn dropIn : all()) {
            for (String name : dropIn.classes()) {
                assertThat(seen.add(name))
                        .as("%s of %s is in another jar, too", name, dropIn)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyClassOfOursLinksAgainstCloudStacksTypesAlone(DropIn dropIn) throws Exception {
        try (URLClassLoader loader = IsolatedLoader.of(dropIn.jar())) {
            for (String name : dropIn.classes()) {
                if (!name.contains("/lib/") && !name.endsWith("package-info.class")) {
                    Class<?> type = Class.forName(
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'), false, loader);
                    assertThat(type.getClassLoader()).isSameAs(loader);
                    assertThatCode(() -> members(type)).as(name).doesNotThrowAnyException();
                }
            }
        }
    }

    /** A type that a member names and that is not there is found out here. */
    private static int members(Class<?> type) {
        return type.getDeclaredFields().length
                + type.getDeclaredMethods().length
                + type.getDeclaredConstructors().length;
    }

    @Test
    void theDummyJarDoesTheWholeJob(@TempDir Path folder) throws Exception {
        System.setProperty("cloudstackbackup.dummy.folder", folder.toString());
        try {
            DropIn dropIn = all().get(0);
            assertThat(this.<Map<String, List<String>>>inside(dropIn, "facts"))
                    .containsEntry("name", List.of("dummy-files"))
                    .containsEntry("commands", List.of())
                    .hasEntrySatisfying(
                            "settings",
                            settings -> assertThat(settings)
                                    .contains("backup.plugin.dummy.delay", "backup.plugin.dummy.job.timeout"));
            assertThat(this.<List<String>>inside(dropIn, "job", folder.resolve("volumes")))
                    .containsExactly(
                            "assigned true",
                            "taken BackedUp",
                            "restored true",
                            "content true",
                            "volume true",
                            "sync [] 1",
                            "deleted true",
                            "sync [] 0");
        } finally {
            System.clearProperty("cloudstackbackup.dummy.folder");
        }
    }

    @Test
    void thePxBackupJarBringsItsCommandsAndSaysWhatIsNotSet() throws Exception {
        DropIn dropIn = all().get(1);
        Map<String, List<String>> facts = inside(dropIn, "facts");
        assertThat(facts).containsEntry("name", List.of("pxbackup"));
        assertThat(facts.get("commands")).contains("listPxBackups", "createPxBackupSchedule", "testPxBackupConnection");
        assertThat(facts.get("settings")).contains("backup.plugin.pxbackup.url");
        List<String> answers = inside(dropIn, "answersWithoutSettings");
        assertThat(answers.subList(0, 3))
                .allSatisfy(answer ->
                        assertThat(answer).startsWith("CloudRuntimeException ").contains("backup.plugin.pxbackup."));
        assertThat(answers.get(3)).isEqualTo("nothing");
    }

    /** Calls the trial in a class loader of its own, as CloudStack's module loader would. */
    @SuppressWarnings("unchecked")
    private <T> T inside(DropIn dropIn, String method, Object... arguments) throws Exception {
        ClassLoader former = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = IsolatedLoader.of(dropIn.jar(), Trial.class, FakeCloudStack.class)) {
            Thread.currentThread().setContextClassLoader(loader);
            Class<?> type = loader.loadClass(Trial.class.getName());
            assertThat(type).isNotSameAs(Trial.class);
            try (AutoCloseable trial =
                    (AutoCloseable) type.getConstructor(String.class).newInstance(dropIn.context())) {
                for (Method candidate : type.getMethods()) {
                    if (candidate.getName().equals(method)) {
                        return (T) Objects.requireNonNull(candidate.invoke(trial, arguments));
                    }
                }
                throw new AssertionError("The trial has no " + method);
            }
        } finally {
            Thread.currentThread().setContextClassLoader(former);
        }
    }
}
