/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cloudstackbackup.emulator.pxbackup.Mishap;
import org.cloudstackbackup.pxbackup.client.Parameters;
import org.cloudstackbackup.pxbackup.client.PxBackupClient;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.RestorePointPage;
import org.cloudstackbackup.spi.RestoreRequest;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.testkit.Requests;
import org.junit.jupiter.api.Test;

/** What failed leaves nothing behind at the product that nobody uses, and what is doubtful is not restored. */
class CleanUpTest {
    @Test
    void aBackupThatFailedIsDeletedAtTheProduct() {
        for (Mishap mishap : List.of(
                Mishap.of(Mishap.Kind.FAIL_VOLUME, ".*", "disk-1"),
                Mishap.of(Mishap.Kind.FAIL_UPLOAD, ".*", ""),
                Mishap.of(Mishap.Kind.ABORT, ".*", ""),
                Mishap.of(Mishap.Kind.SILENT_EMPTY, ".*", ""))) {
            try (var px = new Followed("3.1")) {
                px.harness().emulator().mishap(mishap);
                px.failure(px.driver().startBackup(Requests.backup(px.vm(), "policy")));
                px.harness().emulator().advance(Duration.ofHours(1));
                assertThat(px.harness().emulator().names("backup"))
                        .as(mishap.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void aPartialBackupIsKeptAsNoPointUntilANewerOneIsGood() {
        for (String word : List.of("Success", "PartialSuccess")) {
            try (var px = new Followed("3.1")) {
                VmRef vm = px.vm();
                OperationRef partial = partial(px, vm);
                String name = px.harness().emulator().names("backup").get(0);
                px.harness().emulator().status("backup", name, word);
                px.harness().emulator().advance(Duration.ofHours(1));
                assertThat(px.failure(partial).message()).contains("disk-1", "stays at PX-Backup until");
                String id = name + "/" + px.harness().emulator().uid("backup", name);
                assertThat(px.points()).isEmpty();
                assertThat(px.unusable()).containsOnlyKeys(id);

                px.harness().emulator().mishap(Mishap.of(Mishap.Kind.FAIL_UPLOAD, ".*", ""));
                px.failure(px.driver().startBackup(Requests.backup(vm, "policy")));
                px.backedUp(px.vm());
                px.harness().emulator().advance(Duration.ofHours(1));
                assertThat(px.unusable())
                        .as("a failure and another VM's backup replace nothing")
                        .containsOnlyKeys(id);

                RestorePoint good = px.backedUp(vm);
                px.harness().emulator().advance(Duration.ofHours(1));
                assertThat(px.unusable()).as(word).isEmpty();
                assertThat(px.points()).extracting(RestorePoint::id).contains(good.id());
            }
        }
    }

    @Test
    void aPartialBackupCanBeRetriedAtTheProduct() {
        try (var px = new Followed("3.1")) {
            VmRef vm = px.vm();
            partial(px, vm);
            String name = px.harness().emulator().names("backup").get(0);
            px.harness().emulator().status("backup", name, "PartialSuccess");
            try (PxBackupClient client = PxBackupConnections.open(px.harness().zone())) {
                Parameters retry = Parameters.of(name, px.harness().emulator().uid("backup", name));

                assertThat(client.backups().retryResources(retry).name()).startsWith(name + "-retry");
            }
        }
    }

    private static OperationRef partial(Followed px, VmRef vm) {
        px.harness().emulator().mishap(Mishap.of(Mishap.Kind.SILENT_LEFT_OUT, ".*", "disk-1"));
        OperationRef partial = px.driver().startBackup(Requests.backup(vm, "policy"));
        assertThat(px.failure(partial).message()).contains("stays at PX-Backup until");
        return partial;
    }

    @Test
    void aCopyForARestoreThatDoesNotBeginIsDeleted() {
        try (var px = new Followed("3.1")) {
            VmRef vm = px.vm();
            RestorePoint point = px.backedUp(vm);
            px.harness().emulator().mishap(Mishap.of(Mishap.Kind.FAIL_VOLUME, "acs-.*-s.*", "disk-0"));
            px.failure(px.driver().startRestore(Requests.restore(point, vm)));
            px.harness().emulator().advance(Duration.ofHours(1));
            assertThat(px.harness().emulator().names("backup")).hasSize(1);

            OperationRef restore = px.driver().startRestore(Requests.restore(point, vm));
            px.harness().losePoint(point);
            assertThat(px.failure(restore).kind()).isEqualTo(ErrorKind.NOT_FOUND);
            px.harness().emulator().advance(Duration.ofHours(1));
            assertThat(px.harness().emulator().names("backup")).isEmpty();
        }
    }

    @Test
    void aCopyForAGoodRestoreThatNobodyFollowedGoesWithTheNextOne() {
        try (var px = new Followed("3.1")) {
            VmRef vm = px.vm();
            RestorePoint point = px.backedUp(vm);
            OperationRef first = px.driver().startRestore(Requests.restore(point, vm));
            for (int i = 0; i < 20 && px.harness().emulator().names("restore").isEmpty(); i++) {
                px.harness().step();
                px.driver().status(first);
            }
            px.harness().emulator().advance(Duration.ofHours(1));
            assertThat(px.harness().emulator().names("backup"))
                    .as("nobody asks any more")
                    .hasSize(2);

            assertThat(px.end(px.driver().startRestore(Requests.restore(point, vm))))
                    .isInstanceOf(OperationStatus.Succeeded.class);
            px.harness().emulator().advance(Duration.ofHours(1));
            assertThat(px.harness().emulator().names("backup")).hasSize(1);
        }
    }

    @Test
    void aCopyThatWasPromisedToBeKeptStaysWithTheNextRestore() {
        try (var px = new Followed("3.1")) {
            VmRef vm = px.vm();
            RestorePoint point = px.backedUp(vm);
            px.harness().emulator().mishap(Mishap.of(Mishap.Kind.SILENT_LOSS, ".*", "disk-1"));
            OperationRef first = px.driver().startRestore(Requests.restore(point, vm));
            String told = px.failure(first).message();
            String record = px.harness().emulator().names("restore").get(0);
            assertThat(px.harness().emulator().status("restore", record)).isEqualTo("Success");
            List<String> kept = px.harness().emulator().names("backup").stream()
                    .filter(name -> told.contains("is kept in backup " + name))
                    .toList();
            assertThat(kept).as(told).hasSize(1);

            px.end(px.driver().startRestore(Requests.restore(point, vm)));
            px.harness().emulator().advance(Duration.ofHours(1));

            assertThat(px.harness().emulator().names("backup")).containsAll(kept);
        }
    }

    @Test
    void aCopyStaysWhenTheBackupThatWouldProveTheRestoreIsGone() {
        try (var px = new Followed("3.1")) {
            VmRef vm = px.vm();
            RestorePoint point = px.backedUp(vm);
            px.harness().emulator().mishap(Mishap.of(Mishap.Kind.SILENT_LOSS, ".*", "disk-1"));
            OperationRef restore = px.driver().startRestore(Requests.restore(point, vm));
            for (int i = 0; i < 20 && px.harness().emulator().names("restore").isEmpty(); i++) {
                px.harness().step();
                px.driver().status(restore);
            }
            px.harness().emulator().advance(Duration.ofHours(1));
            px.harness().losePoint(point);

            px.end(restore);
            px.harness().emulator().advance(Duration.ofHours(1));

            assertThat(px.harness().emulator().names("backup")).hasSize(1);
        }
    }

    @Test
    void nothingIsDeletedInPlaceBeforeTheBackupIsProvenComplete() {
        for (Mishap mishap : List.of(
                Mishap.of(Mishap.Kind.FAIL_VOLUME, ".*", "disk-1"),
                Mishap.of(Mishap.Kind.FAIL_UPLOAD, ".*", ""),
                Mishap.of(Mishap.Kind.SILENT_LEFT_OUT, ".*", "disk-1"),
                Mishap.of(Mishap.Kind.SILENT_EMPTY, ".*", ""))) {
            for (String dialect : List.of("2.10", "3.1")) {
                assertUntouched(mishap, dialect);
            }
        }
    }

    private static void assertUntouched(Mishap mishap, String dialect) {
        try (var px = new Followed(dialect)) {
            VmRef vm = px.vm();
            px.harness().emulator().mishap(mishap);
            px.driver().assign(vm, px.offering("quarter-hourly"));
            px.harness().emulator().advance(Duration.ofMinutes(5));
            String name = px.harness().emulator().names("backup").get(0);
            String id = name + "/" + px.harness().emulator().uid("backup", name);
            assertThat(px.unusable()).as("%s %s", dialect, mishap).containsOnlyKeys(id);
            for (var volume : vm.volumes()) {
                px.harness().changeContent(volume, "now!!".getBytes(UTF_8));
            }
            List<String> now =
                    vm.volumes().stream().map(px.harness()::contentHash).toList();
            var point =
                    new RestorePoint(id, vm.uuid(), vm.name(), null, PxBackupHarness.START, "FULL", 1, 1, vm.volumes());
            for (String safety : List.of("true", "false")) {
                px.harness().set(PxBackupSettings.SAFETY, safety);
                px.reopen();
                RestoreRequest request = Requests.restore(point, vm);
                assertThat(Followed.refused(
                                        ErrorKind.EXTERNAL, () -> px.driver().startRestore(request))
                                .text())
                        .contains("is not good");
            }
            px.harness().emulator().advance(Duration.ofMinutes(5));
            assertThat(vm.volumes().stream().map(px.harness()::contentHash).toList())
                    .isEqualTo(now);
            assertThat(px.harness().cluster().machine(PxBackupHarness.namespaceOf(vm), vm.name()))
                    .isPresent();
            assertThat(px.harness().emulator().names("restore")).isEmpty();
        }
    }

    @Test
    void storageUseAfterAListingReadsNoBackupAgain() {
        for (String dialect : List.of("2.8", "3.1")) {
            try (var px = new Followed(dialect)) {
                VmRef vm = px.vm();
                for (int i = 0; i < 3; i++) {
                    px.backedUp(vm);
                    px.harness().step();
                }
                long read = px.driver().storageUse().usedBytes();
                assertThat(read).isPositive();
                assertThat(px.points(2)).hasSize(3);
                long before = reads(px);
                assertThat(px.driver().storageUse().usedBytes()).isEqualTo(read);
                assertThat(reads(px)).as(dialect).isEqualTo(before);
                assertThat(px.driver().storageUse().usedBytes()).isEqualTo(read);
                assertThat(reads(px)).as("each listing serves once").isGreaterThan(before);
            }
        }
    }

    @Test
    void aLineThatCannotSortIsReadOnceForAllPages() {
        try (var px = new Followed("2.8")) {
            px.harness().set(PxBackupSettings.PAGE_SIZE, "500");
            px.reopen();
            VmRef vm = px.vm();
            for (int i = 0; i < 5; i++) {
                px.backedUp(vm);
                px.harness().step();
            }
            long before = reads(px);
            assertThat(px.points(1)).hasSize(5);
            assertThat(reads(px) - before).isEqualTo(1);
        }
    }

    @Test
    void aListingThatNobodyReadsToItsEndIsForgotten() {
        try (var px = new Followed("2.8")) {
            VmRef vm = px.vm();
            px.backedUp(vm);
            px.backedUp(vm);
            List<Runnable> later = new ArrayList<>();
            try (PxBackupClient client = PxBackupConnections.open(px.harness().zone())) {
                var listing =
                        new PointListing(new Product(px.harness().zone(), client), new StorageCount(), later::add);
                RestorePointPage first = listing.page(null, 1);
                assertThat(listing.isHolding()).isTrue();
                listing.page(null, 1);
                assertThat(later).hasSize(2);

                later.get(0).run();
                assertThat(listing.isHolding()).as("a younger one is held").isTrue();
                later.get(1).run();
                assertThat(listing.isHolding()).isFalse();
                assertThat(listing.page(first.nextCursor(), 1).points()).hasSize(1);
            }
        }
    }

    /** Requests for lists of backups so far. */
    private static long reads(Followed px) {
        return px.harness().emulator().journal().entries().stream()
                .filter(each -> each.path().matches("/v1/backup/default(/enumerate)?"))
                .count();
    }
}
