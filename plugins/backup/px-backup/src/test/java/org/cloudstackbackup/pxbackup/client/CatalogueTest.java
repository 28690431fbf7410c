/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {
    @ParameterizedTest
    @ValueSource(strings = {"2.8", "2.9", "2.10", "2.11", "3.1"})
    void whatBackupsAreMadeWithIsReadInEachLine(String dialect) {
        try (Rig rig = Rig.of(dialect)) {
            Catalogue catalogue = rig.client().catalogue();
            SchedulePolicyObject policy = catalogue.schedulePolicies().get(0);
            IntervalPolicy interval =
                    requireNonNull(requireNonNull(policy.schedulePolicyInfo()).interval());
            assertThat(interval.minutes()).isEqualTo(15);
            assertThat(catalogue.schedulePolicy(rig.ref("schedule_policy", "every-15")))
                    .isEqualTo(policy);
            BackupLocationObject location = catalogue.locations().get(0);
            assertThat(requireNonNull(requireNonNull(location.backupLocationInfo())
                                    .status())
                            .status())
                    .isEqualTo("Valid");
            assertThat(catalogue.location(rig.ref("backup_location", "bl"))).isEqualTo(location);
            ClusterObject cluster = catalogue.clusters().get(0);
            assertThat(requireNonNull(requireNonNull(cluster.clusterInfo()).status())
                            .status())
                    .isEqualTo("Online");
            assertThat(catalogue.cluster(rig.ref("cluster", "cl"))).isEqualTo(cluster);
            assertThat(catalogue.rules()).isEmpty();
            assertThat(catalogue.credentials()).isEmpty();
            ObjectRef none = new ObjectRef("none", "none");
            for (Runnable read : new Runnable[] {() -> catalogue.rule(none), () -> catalogue.credential(none)}) {
                assertThatThrownBy(read::run)
                        .isInstanceOfSatisfying(
                                PxBackupException.class,
                                e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
            }
            if (dialect.equals("2.8")) {
                assertThatThrownBy(catalogue::volumePolicies).hasMessageContaining("needs PX-Backup 2.9");
            } else {
                assertThat(catalogue.volumePolicies()).isEmpty();
                assertThatThrownBy(() -> catalogue.volumePolicy(none)).hasMessageContaining("404");
            }
            assertThat(catalogue.resourceTypes(rig.ref("cluster", "cl"))).contains("PersistentVolumeClaim");
            assertThat(catalogue.organisations())
                    .extracting(each -> requireNonNull(each.metadata()).name())
                    .containsExactly("default");
            rig.client().health();
        }
    }

    @ParameterizedTest
    @CsvSource({"2.8,2.8.4", "2.9,2.9.0", "2.10,2.10.0", "2.11,2.11.0", "3.1,3.1.1"})
    void theLineIsAskedOnce(String dialect, String line) {
        try (Rig rig = Rig.of(dialect)) {
            assertThat(rig.client().line()).hasToString(line);
            rig.client().catalogue().clusters();
            rig.client().catalogue().rules();
            assertThat(rig.emulator().journal().entries("GET", "/v1/version")).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T08:00:00Z,2026-11-21T08:00:00Z",
        "2026-11-21T08:00:00.123456789Z,2026-11-21T08:00:00.123456789Z",
        "2026-11-21T08:00:00+02:00,2026-11-21T06:00:00Z",
        "2024-02-29T23:59:59Z,2024-02-29T23:59:59Z"
    })
    void timesAreReadInEachForm(String text, String meant) {
        byte[] body = ("{\"create_time\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
        assertThat(Json.read(body, Metadata.class, "x").createTime()).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-13-21T08:00:00Z", "2026-11-21T08:00:0xZ", "2026-02-30T08:00:00Z", "yesterday"})
    void whatIsNoTimeIsMalformed(String text) {
        byte[] body = ("{\"create_time\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Json.read(body, Metadata.class, "x"))
                .isInstanceOfSatisfying(
                        PxBackupException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED));
    }

    @Test
    void linesAreComparedByNumber() {
        assertThat(ServerLine.of("2.10").has(ServerLine.of("2.9"))).isTrue();
        assertThat(ServerLine.of("2.8.3").has(ServerLine.of("2.8.4"))).isFalse();
        assertThat(ServerLine.of(new Version("2", "11", "1-rc3", null, null, null), "x"))
                .isEqualTo(new ServerLine(2, 11, 1));
        assertThat(ServerLine.of(new Version("3", null, null, null, null, null), "x"))
                .isEqualTo(new ServerLine(3, 0, 0));
        assertThatThrownBy(() -> ServerLine.of(new Version(null, null, null, null, null, null), "x"))
                .hasMessageContaining("is it PX-Backup?");
    }
}
