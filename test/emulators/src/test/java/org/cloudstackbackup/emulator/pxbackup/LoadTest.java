/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class LoadTest {
    private static final int CALLERS = 8;
    private static final int EACH = 10;

    @Test
    void manyCallersGetWhatTheyAskForWhileTheClockRuns() throws Exception {
        PxBackupOptions fast = PxBackupOptions.forTests().withSpeed(1000);
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try (Rig rig = new Rig(fast)) {
            List<Future<Integer>> done = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                int caller = i;
                done.add(callers.submit(() -> work(rig, caller)));
            }
            int good = 0;
            for (Future<Integer> each : done) {
                good += each.get();
            }
            assertThat(good).isEqualTo(CALLERS * EACH);
            assertThat(rig.emulator().names("backup")).hasSize(CALLERS * EACH);
        } finally {
            callers.shutdownNow();
        }
    }

    /** Creates backups and reads them back, with a new token whenever the old one has ended. */
    private static int work(Rig rig, int caller) {
        String token = rig.emulator().issueToken("admin");
        int good = 0;
        for (int i = 0; i < EACH; i++) {
            String name = String.format(Locale.ROOT, "c%d-b%d", caller, i);
            if (rig.client().as(token).get("/v1/version").status() == 401) {
                token = rig.emulator().issueToken("admin");
            }
            rig.backup(name, "vm1").ok();
            good += rig.inspect(name).ok().at("backup.metadata.name").equals(name) ? 1 : 0;
        }
        return good;
    }

    @Test
    void aListThatChangesBetweenPagesShiftsAsInTheProduct() {
        try (Rig rig = Rig.of("3.1")) {
            rig.emulator().addBackups("cl", "bl", "b", 10);
            String page = "/v1/backup/default?enumerate_options.max_objects=5&enumerate_options.object_index=";
            Set<String> seen = new HashSet<>(rig.client().get(page + 0).names("backups"));
            rig.backup("new", "vm1").ok();
            List<String> second = rig.client().get(page + 5).names("backups");
            assertThat(second).as("the last of the first page comes again").anyMatch(seen::contains);
            rig.emulator().remove("backup", "new");
            rig.emulator().remove("backup", "b-000009");
            List<String> shifted = rig.client().get(page + 5).names("backups");
            assertThat(shifted)
                    .as("one is never seen")
                    .doesNotContain("b-000004")
                    .hasSize(4);
        }
    }
}
