/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where settings are read from, and which of two wins; none is ignored. */
@SuppressWarnings("NullAway.Init")
class SettingsTest extends ProgramFixture {
    private Path file;

    @BeforeEach
    void prepare() {
        file = folder.resolve("settings.yaml");
        program.with("CONFIG_FILE", file.toString());
        cluster.put("configmaps", "shop", "web", java.util.Map.of());
        cluster.put("secrets", "shop", "db", java.util.Map.of());
    }

    @Test
    void settingsOfTheEnvironmentAloneAreRefusedElsewhere() throws Exception {
        Files.writeString(
                file, "kubeconfig: /elsewhere\nkube-context: other\npod-namespace: x\nCONFIG_MAP: y\nconfig-file: z\n");
        assertThat(program.run("run")).isEqualTo(2);
        assertThat(program.errors())
                .contains("KUBECONFIG (kubeconfig) is given in the ConfigMap")
                .contains("KUBE_CONTEXT (kube-context) is given in the ConfigMap")
                .contains("POD_NAMESPACE (pod-namespace) is given in the ConfigMap")
                .contains("CONFIG_MAP (config-map) is given in the ConfigMap")
                .contains("CONFIG_FILE (config-file) is given in the ConfigMap");
        assertThat(cluster.requests()).isEmpty();
    }

    @Test
    void theOtherSpellingInTheEnvironmentIsReadToo() throws Exception {
        Files.writeString(file, "filtering-mode: whitelist\n");
        program.with("kube-context", "absent");
        assertThat(program.run("run")).isEqualTo(2);
        assertThat(program.errors()).contains("the context 'absent' of KUBE_CONTEXT is not in");
        assertThat(cluster.requests()).isEmpty();
        program.with("kube-context", "test").with("include-resources", "secrets");
        assertThat(program.run("run")).as(program.output()).isEqualTo(0);
        assertThat(store.keys("clusterbackup/")).containsExactly("clusterbackup/east/shop/secrets/db.yaml");
    }

    @Test
    void theEnvironmentWinsOverTheFile() throws Exception {
        Files.writeString(file, "filtering-mode: whitelist\ninclude-resources: secrets\n");
        program.with("INCLUDE_RESOURCES", "configmaps");
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(store.keys("clusterbackup/")).containsExactly("clusterbackup/east/shop/configmaps/web.yaml");
    }

    @Test
    void twoSpellingsThatDisagreeAreAProblem() throws Exception {
        Files.writeString(file, "batch-size: 10\nBATCH_SIZE: 20\n");
        assertThat(program.with("log-level", "info").with("LOG_LEVEL", "debug").run("run"))
                .isEqualTo(2);
        assertThat(program.errors())
                .contains("BATCH_SIZE (batch-size) is given in both spellings in the ConfigMap")
                .contains("LOG_LEVEL (log-level) is given in both spellings in the environment");
    }

    @Test
    void aRequestThatMayOutliveTheLockIsRefusedByBothNames() throws Exception {
        Files.writeString(file, "lock-expiry: 1m\nrequest-timeout: 61s\n");
        assertThat(program.run("run")).isEqualTo(2);
        assertThat(program.errors())
                .contains("REQUEST_TIMEOUT (request-timeout) is 1m1s, longer than LOCK_EXPIRY (lock-expiry), which is");
        Files.writeString(file, "request-timeout: 3m\n");
        assertThat(program.run("run")).as("the lock expires after two minutes").isEqualTo(2);
        Files.writeString(file, "lock-expiry: 1m\nrequest-timeout: 60s\n");
        assertThat(program.run("check-config")).isEqualTo(0);
        Files.writeString(file, "lock-expiry: 10s\n");
        assertThat(program.run("check-config")).as("a shorter timeout is taken").isEqualTo(0);
    }

    @Test
    void aDebugLogShowsEachObject() throws Exception {
        Files.writeString(file, "log-level: debug\n");
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(program.records("resource_uploaded")).hasSize(2);
        Files.writeString(file, "log-level: error\n");
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(program.output()).isEmpty();
    }

    @Test
    void aBucketIsCreatedOnlyWhereThatIsAllowed() throws Exception {
        Files.writeString(file, "minio-bucket: new-bucket\n");
        assertThat(program.run("run")).isEqualTo(1);
        assertThat(program.with("AUTO_CREATE_BUCKET", "true").run("run"))
                .as(program.output())
                .isEqualTo(0);
        assertThat(program.with("AUTO_CREATE_BUCKET", "false").run("list", "latest"))
                .isEqualTo(0);
    }

    @Test
    void aPasswordInAUrlIsNotShown() throws Exception {
        Files.writeString(file, "batch-size: 10\n");
        program.with("PUSHGATEWAY_URL", "http://user:nobody-logs@host/a%zz");
        assertThat(program.run("run")).isEqualTo(2);
        assertThat(program.errors()).contains("PUSHGATEWAY_URL").doesNotContain("nobody-logs");
    }
}
