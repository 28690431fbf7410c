/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.cloudstackbackup.framework.secret.SecretBox;
import org.cloudstackbackup.framework.setting.SettingRegistry;
import org.cloudstackbackup.framework.setting.StoredSettings;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.testkit.SettableClock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbcSettingStoreTest {
    private static final SettingDefinition DELAY =
            SettingDefinition.perZone("test.delay", SettingDefinition.Type.SECONDS, "5", "Seconds to wait.");
    private static final SettingDefinition PASSWORD =
            SettingDefinition.global("test.password", SettingDefinition.Type.SECRET, "", "Password.");

    private static final SecretBox SECRETS = SecretBox.random();

    private final SettableClock clock = new SettableClock();

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aZoneValueWinsOverTheGlobalOneAndThatOverTheDefault(DatabaseKind kind) {
        try (Database database = kind.open()) {
            StoredSettings settings = settings(database);
            assertThat(settings.value(DELAY, 1)).isEqualTo("5");
            settings.set("test.delay", "7", null);
            settings.set("test.delay", "9", 1L);
            settings.set("test.delay", "10", 1L);
            assertThat(settings.value(DELAY)).isEqualTo("7");
            assertThat(settings.valuesIn(1, List.of(DELAY, PASSWORD)))
                    .isEqualTo(Map.of("test.delay", "10", "test.password", ""));
            assertThat(settings.value(DELAY, 2)).isEqualTo("7");
            settings.reset("test.delay", 1L);
            assertThat(settings.value(DELAY, 1)).isEqualTo("7");
            settings.reset("test.delay", null);
            assertThat(settings.value(DELAY, 1)).isEqualTo("5");
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void anotherNodesChangeIsSeenWithinTheMaximumAge(DatabaseKind kind) {
        try (Database database = kind.open()) {
            StoredSettings here = settings(database);
            assertThat(here.value(DELAY)).isEqualTo("5");
            settings(database).set("test.delay", "8", null);
            clock.advance(StoredSettings.MAXIMUM_AGE.plus(Duration.ofMillis(1)));
            assertThat(here.value(DELAY)).isEqualTo("8");
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void wrongValuesAreRefusedWithTheNameAndNothingIsWritten(DatabaseKind kind) {
        try (Database database = kind.open()) {
            StoredSettings settings = settings(database);
            assertThatThrownBy(() -> settings.set("test.delay", "-1", null))
                    .hasMessageContaining("test.delay")
                    .hasMessageContaining("'-1'")
                    .hasMessageContaining("from 0");
            assertThatThrownBy(() -> settings.set("test.unknown", "1", null)).hasMessageContaining("'test.unknown'");
            assertThatThrownBy(() -> settings.set("test.password", "s3cret", 1L))
                    .hasMessageContaining("global")
                    .hasMessageNotContaining("s3cret");
            assertThat(settings.value(DELAY)).isEqualTo("5");
        }
    }

    private StoredSettings settings(Database database) {
        return new StoredSettings(
                new SettingRegistry(List.of(DELAY, PASSWORD)), new JdbcSettingStore(database, clock, SECRETS), clock);
    }
}
