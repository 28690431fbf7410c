/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.testkit.Requests;
import org.junit.jupiter.api.Test;

/** Who reads an incomplete list as the truth, or deletes before it has a copy, destroys data; here nobody does. */
class NothingIsLostTest {
    @Test
    void backupsWhoseBucketCannotBeReadStayListedAndAreNotRestored() {
        try (var px = new Followed("3.1")) {
            VmRef vm = px.vm();
            RestorePoint point = px.backedUp(vm);
            px.harness().emulator().loseData("location");
            px.harness().emulator().advance(Duration.ofHours(1));
            String name = px.harness().emulator().names("backup").get(0);
            assertThat(px.harness().emulator().status("backup", name)).isEqualTo("CloudBackupMissing");

            assertThat(px.points()).extracting(RestorePoint::id).containsExactly(point.id());
            assertThat(Followed.refused(
                                    ErrorKind.NOT_FOUND, () -> px.driver().startRestore(Requests.restore(point, vm)))
                            .text())
                    .contains("CloudBackupMissing");
        }
    }
}
