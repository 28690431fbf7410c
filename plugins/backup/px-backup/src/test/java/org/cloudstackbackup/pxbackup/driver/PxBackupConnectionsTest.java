/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.cloudstackbackup.pxbackup.client.Login;
import org.cloudstackbackup.pxbackup.client.PxBackupConfig;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.spi.ZoneContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PxBackupConnectionsTest {
    private final Map<String, String> settings = new HashMap<>();

    PxBackupConnectionsTest() {
        PxBackupSettings.DEFINITIONS.forEach(each -> settings.put(each.key(), each.defaultValue()));
        settings.put(PxBackupSettings.URL, "https://px.example.org/");
        settings.put(PxBackupSettings.TOKEN, "token-of-the-test");
        settings.put(PxBackupSettings.CLUSTER, "cluster");
        settings.put(PxBackupSettings.LOCATION, "location");
    }

    @Test
    void everySettingReachesTheClient(@TempDir Path folder) throws IOException {
        Path ca = Files.writeString(folder.resolve("ca.pem"), "x");
        Path certificate = Files.writeString(folder.resolve("own.pem"), "x");
        Path key = Files.writeString(folder.resolve("own.key"), "x");
        settings.put(PxBackupSettings.TOKEN, "");
        settings.put(PxBackupSettings.USER, "backup");
        settings.put(PxBackupSettings.PASSWORD, "the-password");
        settings.put(PxBackupSettings.AUTH_URL, "https://central.example.org");
        settings.put(PxBackupSettings.CLIENT_ID, "client");
        settings.put(PxBackupSettings.CLIENT_SECRET, "the-secret");
        settings.put(PxBackupSettings.ORGANISATION, "org");
        settings.put(PxBackupSettings.TLS_CA, ca.toString());
        settings.put(PxBackupSettings.AUTH_TLS_VERIFY, "false");
        settings.put(PxBackupSettings.AUTH_TLS_CERTIFICATE, certificate.toString());
        settings.put(PxBackupSettings.AUTH_TLS_KEY, key.toString());
        settings.put(PxBackupSettings.CONNECT_TIMEOUT, "3");
        settings.put(PxBackupSettings.READ_TIMEOUT, "7");
        settings.put(PxBackupSettings.PAGE_SIZE, "11");
        settings.put(PxBackupSettings.ATTEMPTS, "2");

        PxBackupConfig config = PxBackupConnections.config(zone());

        assertThat(config.apiUrl()).isEqualTo("https://px.example.org");
        assertThat(config.organisation()).isEqualTo("org");
        assertThat(config.login())
                .isEqualTo(new Login.Password(
                        "https://central.example.org", "backup", "the-password", "client", "the-secret"));
        assertThat(config.tls().verify()).isTrue();
        assertThat(config.tls().authority()).isEqualTo(ca);
        assertThat(config.authTls().verify()).isFalse();
        assertThat(config.authTls().certificate()).isEqualTo(certificate);
        assertThat(config.authTls().key()).isEqualTo(key);
        assertThat(config.limits().connect()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.limits().read()).isEqualTo(Duration.ofSeconds(7));
        assertThat(config.limits().pageSize()).isEqualTo(11);
        assertThat(config.limits().attempts()).isEqualTo(2);
        assertThat(config.toString()).doesNotContain("the-password", "the-secret");
    }

    @Test
    void aTokenGoesBeforeUserAndPassword() {
        settings.put(PxBackupSettings.USER, "backup");

        assertThat(PxBackupConnections.config(zone()).login()).isEqualTo(new Login.Token("token-of-the-test"));
    }

    @Test
    void whatCannotWorkIsToldWithTheNameOfItsSetting() {
        assertRefused(PxBackupSettings.URL, "");
        assertRefused(PxBackupSettings.TOKEN, "");
        assertRefused(PxBackupSettings.TOKEN, "two words");
        assertRefused(PxBackupSettings.ORGANISATION, " ");
        assertRefused(PxBackupSettings.CLUSTER, "");
        assertRefused(PxBackupSettings.LOCATION, "");
        assertRefused(PxBackupSettings.TLS_CA, "/no/such/file");
        assertRefused(PxBackupSettings.AUTH_TLS_CA, "/no/such/\u0000file");
        assertRefused(PxBackupSettings.PAGE_SIZE, "1");
        assertRefused(PxBackupSettings.READ_TIMEOUT, "99999");
        settings.put(PxBackupSettings.TOKEN, "");
        settings.put(PxBackupSettings.USER, "backup");
        assertRefused(PxBackupSettings.PASSWORD, "");
        settings.put(PxBackupSettings.PASSWORD, "secret");
        assertRefused(PxBackupSettings.AUTH_URL, "");
    }

    @Test
    void aCertificateWithoutItsKeyAndAFileThatIsNoneAreRefused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("own.pem"), "no certificate");
        settings.put(PxBackupSettings.TLS_CERTIFICATE, file.toString());
        assertThat(Followed.refused(ErrorKind.USER, () -> new PxBackupDriverFactory().open(zone()))
                        .text())
                .contains(PxBackupSettings.TLS_KEY);

        settings.put(PxBackupSettings.TLS_CERTIFICATE, "");
        settings.put(PxBackupSettings.TLS_CA, file.toString());
        assertThat(Followed.refused(ErrorKind.USER, () -> new PxBackupDriverFactory().open(zone()))
                        .text())
                .contains("backup.plugin.pxbackup", file.toString());
    }

    @Test
    void secretsAreMarkedAsSuch() {
        assertThat(PxBackupSettings.DEFINITIONS)
                .filteredOn(SettingDefinition::isSecret)
                .extracting(SettingDefinition::key)
                .containsExactlyInAnyOrder(
                        PxBackupSettings.TOKEN, PxBackupSettings.PASSWORD, PxBackupSettings.CLIENT_SECRET);
    }

    private void assertRefused(String key, String value) {
        String before = String.valueOf(settings.put(key, value));
        assertThat(Followed.refused(ErrorKind.USER, () -> new PxBackupDriverFactory().open(zone()))
                        .text())
                .contains("Setting " + key, "zone z1");
        settings.put(key, before);
    }

    private ZoneContext zone() {
        return new ZoneContext("7d3f6e52-97c3-4f0c-8f5d-3f1f4f0b7a12", "z1", settings, Clock.systemUTC());
    }
}
