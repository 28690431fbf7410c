/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cloudstackbackup.spi.BackupDriver;
import org.cloudstackbackup.spi.BackupRequest;
import org.cloudstackbackup.spi.Capability;
import org.cloudstackbackup.spi.DeleteRequest;
import org.cloudstackbackup.spi.DriverFactory;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.ProviderOffering;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.RestorePointPage;
import org.cloudstackbackup.spi.RestoreRequest;
import org.cloudstackbackup.spi.RestoredMachine;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRef;
import org.cloudstackbackup.spi.VolumeRestoreRequest;
import org.cloudstackbackup.spi.ZoneContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The contract of {@link BackupDriver} and {@link DriverFactory} as tests: every driver extends this class and supplies a
 * {@link DriverHarness}.
 *
 * <p>What a driver's capabilities promise is verified; what they do not promise must be refused with kind {@code USER}
 * before anything happens at the product.
 */
@Timeout(120)
public abstract class DriverContract {
    private static final int PATIENCE_SECONDS = 30;
    private static final byte[] ROOT = content("root", 300_000);
    private static final byte[] DATA = content("data", 70_001);

    @SuppressWarnings("NullAway.Init") // by begin()
    private DriverHarness harness;

    private @Nullable BackupDriver open;
    private @Nullable DriverFactory openedBy;
    private @Nullable ZoneContext openedFor;

    /** A harness over an empty product. */
    protected abstract DriverHarness newHarness() throws Exception;

    /** The harness of the running test, for a driver's own tests beside the contract's. */
    protected final DriverHarness harness() {
        return harness;
    }

    @BeforeEach
    final void begin() throws Exception {
        harness = newHarness();
    }

    @AfterEach
    final void end() {
        closeDriver();
        harness.close();
    }

    // ---- factory

    @Test
    void factoryHasANameSettingsAndADescription() {
        DriverFactory factory = harness.factory();

        assertThat(factory.name()).matches("[a-z0-9-]+");
        assertThat(factory.description()).isNotBlank();
        assertThat(factory.capabilities()).isEqualTo(factory.capabilities());
        assertThat(factory.settings())
                .extracting(SettingDefinition::key)
                .doesNotHaveDuplicates()
                .allMatch(key -> key.startsWith("backup.plugin." + factory.name() + "."));
    }

    @Test
    void capabilitiesDoNotContradictEachOther() {
        if (has(Capability.RESTORE_ACROSS_ZONES)) {
            assertThat(harness.factory().capabilities()).contains(Capability.RESTORE_TO_NEW_VM);
        }
        if (has(Capability.QUIESCE)) {
            assertThat(harness.factory().capabilities()).contains(Capability.AD_HOC_BACKUP);
        }
    }

    @Test
    void openingADriverDoesNotContactTheProduct() {
        harness.setReachable(false);

        assertThat(driver()).isNotNull();
    }

    // ---- offerings and assignment

    @Test
    void offeringsAreCompleteAndStable() {
        List<ProviderOffering> offerings = driver().offerings();

        assertThat(offerings).isNotEmpty().isEqualTo(driver().offerings());
        assertThat(offerings).extracting(ProviderOffering::externalId).doesNotHaveDuplicates();
        assertThat(offerings).extracting(ProviderOffering::name).noneMatch(String::isBlank);
        harness.restart();
        assertThat(driver().offerings()).isEqualTo(offerings);
    }

    @Test
    void everyOfferingIsFoundByItsIdAndNoOtherIs() {
        for (ProviderOffering offering : driver().offerings()) {
            assertThat(driver().offering(offering.externalId())).contains(offering);
        }
        assertThat(driver().offering("no-such-offering")).isEmpty();
    }

    @Test
    void assigningTwiceGivesTheSameId() {
        VmRef vm = newVm();

        Optional<String> first = driver().assign(vm, offering());
        harness.restart();

        assertThat(driver().assign(with(vm, first), offering())).isEqualTo(first);
    }

    @Test
    void assigningToAnUnknownOfferingIsNotFound() {
        VmRef vm = newVm();

        assertFails(ErrorKind.NOT_FOUND, () -> driver().assign(vm, "no-such-offering"));
    }

    @Test
    void removingIsIdempotentAlsoWhenTheVmIsGone() {
        VmRef vm = assigned(newVm());

        driver().remove(vm, offering());
        driver().remove(vm, offering());
        harness.destroyVm(vm);
        driver().remove(vm, offering());

        VmRef other = assigned(newVm());
        harness.destroyVm(other);
        driver().remove(other, offering());
    }

    @Test
    void removingKeepsOrDeletesRestorePointsAsTheCapabilitySays() {
        VmRef vm = assigned(newVm());
        RestorePoint point = backedUp(vm);

        driver().remove(vm, offering());

        if (has(Capability.REMOVAL_DELETES_BACKUPS)) {
            awaitTrue(
                    "the point of a removed VM is gone",
                    () -> !idsOf(allPoints()).contains(point.id()));
        } else {
            assertThat(idsOf(allPoints())).contains(point.id());
        }
    }

    // ---- backup

    @Test
    void backupHoldsAllVolumesOfTheVm() {
        VmRef vm = assigned(newVm());
        if (!has(Capability.AD_HOC_BACKUP)) {
            assertFails(ErrorKind.USER, () -> driver().startBackup(Requests.backup(vm, offering())));
            return;
        }

        RestorePoint point = backedUp(vm);

        assertThat(uuidsOf(point.volumes())).containsExactlyInAnyOrderElementsOf(uuidsOf(vm.volumes()));
        assertThat(point.sizeBytes()).isPositive();
        assertThat(point.protectedBytes())
                .isEqualTo(vm.volumes().stream().mapToLong(VolumeRef::sizeBytes).sum());
        assertThat(point.vmUuid()).isIn(vm.uuid(), null);
        assertThat(allPoints()).extracting(RestorePoint::id).containsExactly(point.id());
    }

    @Test
    void theListedPointIsTheOneThatTheBackupReported() {
        RestorePoint reported = backedUp(assigned(newVm()));

        assertThat(allPoints()).containsExactly(reported);
        harness.restart();
        assertThat(allPoints()).containsExactly(reported);
    }

    @Test
    void freezingTheGuestIsDoneOrRefused() {
        VmRef vm = assigned(newVm());
        var request = new BackupRequest(Requests.token(), vm, offering(), "quiesced", true);

        if (has(Capability.QUIESCE)) {
            assertThat(await(driver().startBackup(request))).isInstanceOf(OperationStatus.Succeeded.class);
        } else {
            assertFails(ErrorKind.USER, () -> driver().startBackup(request));
            assertThat(allPoints()).isEmpty();
        }
    }

    @Test
    void progressNeverFallsAndTheEndIsFinal() {
        VmRef vm = assigned(newVm());
        harness.makeOperationsSlow();
        OperationRef backup = startBackup(vm);
        assertThat(driver().status(backup)).isInstanceOf(OperationStatus.Running.class);

        // await() compares every percentage with the one before.
        OperationStatus end = await(backup);

        assertThat(end).isInstanceOf(OperationStatus.Succeeded.class);
        assertThat(driver().status(backup)).isEqualTo(end);
        harness.restart();
        assertThat(driver().status(backup)).isEqualTo(end);
    }

    @Test
    void aRunningBackupIsNotListedAndEndsAlsoAfterARestart() {
        VmRef vm = assigned(newVm());
        harness.makeOperationsSlow();
        OperationRef backup = startBackup(vm);

        assertThat(allPoints()).isEmpty();
        harness.restart();
        assertThat(allPoints()).isEmpty();

        RestorePoint point = succeeded(await(backup)).madeRestorePoint().orElseThrow();
        assertThat(idsOf(allPoints())).containsExactly(point.id());
    }

    @Test
    void theSameTokenStartsOneBackup() {
        VmRef vm = assigned(newVm());
        requireAdHoc();
        BackupRequest request = Requests.backup(vm, offering());
        harness.makeOperationsSlow();

        OperationRef first = driver().startBackup(request);
        assertThat(driver().startBackup(request)).isEqualTo(first);
        harness.restart();
        assertThat(driver().startBackup(request)).isEqualTo(first);
        succeeded(await(first));

        assertThat(driver().startBackup(request)).isEqualTo(first);
        harness.restart();
        assertThat(driver().startBackup(request)).isEqualTo(first);
        assertThat(allPoints()).hasSize(1);
    }

    @Test
    void theSameTokenFromManyThreadsStartsOneBackup() {
        VmRef vm = assigned(newVm());
        requireAdHoc();
        BackupRequest request = Requests.backup(vm, offering());
        BackupDriver driver = driver();

        List<OperationRef> refs = atOnce(8, () -> driver.startBackup(request));

        assertThat(new HashSet<>(refs)).hasSize(1);
        succeeded(await(refs.get(0)));
        assertThat(allPoints()).hasSize(1);
    }

    @Test
    void aSecondBackupOfAVmWhileOneRunsIsAConflict() {
        VmRef vm = assigned(newVm());
        harness.makeOperationsSlow();
        OperationRef first = startBackup(vm);

        assertFails(ErrorKind.CONFLICT, () -> driver().startBackup(Requests.backup(vm, offering())));

        succeeded(await(first));
        harness.makeOperationsFast();
        succeeded(await(startBackup(vm)));
        assertThat(allPoints()).hasSize(2);
    }

    @Test
    void backupsOfSeveralVmsRunBesideEachOther() {
        harness.makeOperationsSlow();
        List<VmRef> vms = List.of(assigned(newVm()), assigned(newVm()), assigned(newVm()));

        List<OperationRef> backups = vms.stream().map(this::startBackup).toList();

        for (OperationRef backup : backups) {
            succeeded(await(backup));
        }
        assertThat(new HashSet<>(backups)).hasSize(3);
        assertThat(allPoints()).hasSize(3);
    }

    @Test
    void backupOfAVmThatIsGoneIsNotFound() {
        VmRef vm = assigned(newVm());
        requireAdHoc();
        harness.destroyVm(vm);

        assertEndsAs(ErrorKind.NOT_FOUND, () -> driver().startBackup(Requests.backup(vm, offering())));
        assertThat(allPoints()).isEmpty();
    }

    @Test
    void anUnknownOperationIsNotFound() {
        var unknown = new OperationRef(Requests.token());

        assertFails(ErrorKind.NOT_FOUND, () -> driver().status(unknown));
    }

    @Test
    void storageUseGrowsWithABackup() {
        long before = driver().storageUse().usedBytes();

        backedUp(assigned(newVm()));

        assertThat(driver().storageUse().usedBytes()).isGreaterThan(before);
        assertThat(driver().storageUse().totalBytes())
                .matches(total -> total == 0 || total >= driver().storageUse().usedBytes());
    }

    // ---- restore in place and into a new VM

    @Test
    void restoreInPlaceBringsBackTheBytes() {
        VmRef vm = assigned(newVm());
        List<String> before = hashesOf(vm);
        RestorePoint point = backedUp(vm);
        RestoreRequest request = Requests.restore(point, vm);
        if (!has(Capability.RESTORE_IN_PLACE)) {
            assertRefusedUntouched(vm, ErrorKind.USER, () -> driver().startRestore(request));
            return;
        }
        changeAll(vm);

        OperationStatus.Succeeded end = succeeded(await(driver().startRestore(request)));

        assertThat(hashesOf(vm)).isEqualTo(before);
        assertThat(end.restoredMachine()).as("the VM is where it was").isEmpty();
    }

    @Test
    void anOlderPointBringsBackItsOwnBytes() {
        assumeTrue(has(Capability.RESTORE_IN_PLACE), "the driver does not restore in place");
        VmRef vm = assigned(newVm());
        RestorePoint older = backedUp(vm);
        List<String> olderHashes = hashesOf(vm);
        changeAll(vm);
        List<String> newerHashes = hashesOf(vm);
        RestorePoint newer = backedUp(vm);

        succeeded(await(driver().startRestore(Requests.restore(older, vm))));
        assertThat(hashesOf(vm)).isEqualTo(olderHashes);
        succeeded(await(driver().startRestore(Requests.restore(newer, vm))));
        assertThat(hashesOf(vm)).isEqualTo(newerHashes);
    }

    @Test
    void theSameTokenRestoresOnce() {
        assumeTrue(has(Capability.RESTORE_IN_PLACE), "the driver does not restore in place");
        VmRef vm = assigned(newVm());
        RestoreRequest request = Requests.restore(backedUp(vm), vm);
        harness.makeOperationsSlow();

        OperationRef first = driver().startRestore(request);
        BackupDriver driver = driver();
        assertThat(atOnce(4, () -> driver.startRestore(request))).containsOnly(first);
        harness.restart();
        assertThat(driver().startRestore(request)).isEqualTo(first);
        succeeded(await(first));
        changeAll(vm);
        List<String> changed = hashesOf(vm);

        assertThat(driver().startRestore(request)).isEqualTo(first);
        succeeded(await(first));

        assertThat(hashesOf(vm)).isEqualTo(changed);
    }

    @Test
    void restoreOfAnUnknownPointIsNotFoundAndTouchesNothing() {
        VmRef vm = assigned(newVm());
        requireAnyRestore();
        var request = new RestoreRequest(
                Requests.token(),
                "no-such-point",
                vm,
                vm.volumes().stream().collect(Collectors.toMap(VolumeRef::uuid, volume -> volume)));

        assertRefusedUntouched(vm, ErrorKind.NOT_FOUND, () -> driver().startRestore(request));
    }

    @Test
    void restoreWithAMissingTargetTouchesNoVolume() {
        VmRef vm = assigned(newVm());
        requireAnyRestore();
        RestoreRequest request = Requests.restore(backedUp(vm), vm);
        harness.changeContent(vm.volumes().get(0), content("later", 1000));
        String root = harness.contentHash(vm.volumes().get(0));
        harness.destroyVolume(vm.volumes().get(1));

        assertEndsAs(ErrorKind.NOT_FOUND, () -> driver().startRestore(request));

        assertThat(harness.contentHash(vm.volumes().get(0))).isEqualTo(root);
    }

    @Test
    void restoreIntoATooSmallTargetTouchesNoVolume() {
        VmRef vm = assigned(newVm());
        requireRestoreToNewVm();
        RestorePoint point = backedUp(vm);
        VmRef small = harness.createVm("small", ROOT, content("small", 5000));

        assertRefusedUntouched(small, ErrorKind.USER, () -> driver().startRestore(Requests.restoreInto(point, small)));
    }

    @Test
    void restoreThatLeavesOutAVolumeTouchesNoVolume() {
        VmRef vm = assigned(newVm());
        requireAnyRestore();
        RestoreRequest whole = Requests.restore(backedUp(vm), vm);
        VolumeRef root = vm.volumes().get(0);
        var partial = new RestoreRequest(Requests.token(), whole.restorePointId(), vm, Map.of(root.uuid(), root));

        assertRefusedUntouched(vm, ErrorKind.USER, () -> driver().startRestore(partial));
    }

    @Test
    void restoreIntoANewVmBringsTheBytesOrIsRefused() {
        VmRef vm = assigned(newVm());
        List<String> before = hashesOf(vm);
        RestorePoint point = backedUp(vm);
        VmRef other = harness.createVm("other", content("x", ROOT.length), content("y", DATA.length));
        RestoreRequest request = Requests.restoreInto(point, other);
        if (!has(Capability.RESTORE_TO_NEW_VM)) {
            assertRefusedUntouched(other, ErrorKind.USER, () -> driver().startRestore(request));
            return;
        }
        harness.destroyVm(vm);

        succeeded(await(driver().startRestore(request)));

        assertThat(hashesOf(other)).isEqualTo(before);
    }

    @Test
    void restoreIntoAFreshVmBringsTheBytesToWhereItsEndSays() {
        VmRef vm = assigned(newVm());
        List<String> before = hashesOf(vm);
        RestorePoint point = backedUp(vm);
        VmRef fresh = newFreshVm();
        RestoreRequest request = Requests.restoreInto(point, fresh);
        if (!has(Capability.RESTORE_TO_NEW_VM)) {
            assertEndsAs(ErrorKind.USER, () -> driver().startRestore(request));
            return;
        }
        changeAll(vm);
        List<String> changed = hashesOf(vm);

        VmRef made = placed(fresh, succeeded(await(driver().startRestore(request))));

        assertThat(hashesOf(made)).isEqualTo(before);
        assertThat(hashesOf(vm)).as("the VM that was backed up").isEqualTo(changed);
    }

    @Test
    void theEndOfARestoreIntoAFreshVmIsTheSameForWhoeverAsksAgain() {
        requireRestoreToNewVm();
        VmRef vm = assigned(newVm());
        RestoreRequest request = Requests.restoreInto(backedUp(vm), newFreshVm());
        harness.makeOperationsSlow();

        OperationRef first = driver().startRestore(request);
        BackupDriver driver = driver();
        assertThat(atOnce(4, () -> driver.startRestore(request))).containsOnly(first);
        harness.restart();
        assertThat(driver().startRestore(request)).isEqualTo(first);
        OperationStatus end = await(first);
        VmRef made = placed(request.vm(), succeeded(end));
        changeAll(made);
        List<String> changed = hashesOf(made);

        assertThat(driver().startRestore(request)).isEqualTo(first);
        assertThat(driver().status(first)).isEqualTo(end);
        harness.restart();
        assertThat(driver().startRestore(request)).isEqualTo(first);
        assertThat(driver().status(first)).isEqualTo(end);
        assertThat(hashesOf(made)).isEqualTo(changed);
    }

    @Test
    void freshVmsOfOnePointAreApart() {
        requireRestoreToNewVm();
        VmRef vm = assigned(newVm());
        RestorePoint point = backedUp(vm);
        VmRef one = newFreshVm();
        VmRef two = newFreshVm();

        OperationRef first = driver().startRestore(Requests.restoreInto(point, one));
        OperationRef second = driver().startRestore(Requests.restoreInto(point, two));
        VmRef madeOne = placed(one, succeeded(await(first)));
        VmRef madeTwo = placed(two, succeeded(await(second)));

        assertThat(hashesOf(madeOne)).isEqualTo(hashesOf(vm));
        changeAll(madeOne);
        assertThat(hashesOf(madeTwo)).isEqualTo(hashesOf(vm));
    }

    @Test
    void aVmThatARestoreHasMadeIsProtectedAsAnyOther() {
        requireRestoreToNewVm();
        VmRef vm = assigned(newVm());
        VmRef fresh = newFreshVm();
        RestoreRequest request = Requests.restoreInto(backedUp(vm), fresh);
        VmRef made = assigned(placed(fresh, succeeded(await(driver().startRestore(request)))));
        List<String> before = hashesOf(made);

        RestorePoint point = backedUp(made);

        assertThat(point.vmUuid()).isIn(fresh.uuid(), null);
        assertThat(uuidsOf(point.volumes())).containsExactlyInAnyOrderElementsOf(uuidsOf(fresh.volumes()));
        if (has(Capability.RESTORE_IN_PLACE)) {
            changeAll(made);
            succeeded(await(driver().startRestore(Requests.restore(point, made))));
            assertThat(hashesOf(made)).isEqualTo(before);
        }
    }

    @Test
    void aFreshVmThatCannotTakeThePointIsRefusedBeforeAnythingIsMade() {
        requireRestoreToNewVm();
        VmRef vm = assigned(newVm());
        RestorePoint point = backedUp(vm);
        VmRef small = harness.createFreshVm("small", ROOT.length, 5000);
        VmRef fresh = newFreshVm();
        RestoreRequest whole = Requests.restoreInto(point, fresh);
        VolumeRef root = point.volumes().get(0);
        var partial = new RestoreRequest(
                Requests.token(),
                point.id(),
                fresh,
                Map.of(root.uuid(), requireNonNull(whole.targets().get(root.uuid()))));

        assertEndsAs(ErrorKind.USER, () -> driver().startRestore(Requests.restoreInto(point, small)));
        assertEndsAs(ErrorKind.USER, () -> driver().startRestore(partial));

        VmRef made = placed(fresh, succeeded(await(driver().startRestore(whole))));
        assertThat(hashesOf(made)).as("nothing was in the way").isEqualTo(hashesOf(vm));
    }

    @Test
    void aLostPointIsNotListedAndItsRestoreIsNotFound() {
        VmRef vm = assigned(newVm());
        requireAnyRestore();
        RestorePoint kept = backedUp(vm);
        RestorePoint lost = backedUp(vm);

        harness.losePoint(lost);

        assertThat(idsOf(allPoints())).containsExactly(kept.id());
        assertRefusedUntouched(vm, ErrorKind.NOT_FOUND, () -> driver().startRestore(Requests.restore(lost, vm)));
    }

    // ---- volume restore

    @Test
    void volumeRestoreMakesANewVolumeOrIsRefused() {
        VmRef vm = assigned(newVm());
        VolumeRef data = vm.volumes().get(1);
        String before = harness.contentHash(data);
        RestorePoint point = backedUp(vm);
        VolumeRestoreRequest request = Requests.volumeRestore(point, data, vm);
        if (!has(Capability.RESTORE_VOLUME)) {
            assertFails(ErrorKind.USER, () -> driver().startVolumeRestore(request));
            return;
        }
        changeAll(vm);
        List<String> changed = hashesOf(vm);
        harness.makeOperationsSlow();

        OperationRef first = driver().startVolumeRestore(request);
        assertThat(driver().startVolumeRestore(request)).isEqualTo(first);
        harness.restart();
        assertThat(driver().startVolumeRestore(request)).isEqualTo(first);
        String path = succeeded(await(first)).restoredVolumePath().orElseThrow();
        assertThat(driver().startVolumeRestore(request)).isEqualTo(first);

        assertThat(succeeded(await(first)).restoredVolumePath()).contains(path);
        assertThat(harness.contentHash(new VolumeRef(request.newVolumeUuid(), path, false, data.sizeBytes(), 2)))
                .isEqualTo(before);
        assertThat(hashesOf(vm)).isEqualTo(changed);
    }

    @Test
    void volumeRestoreOfWhatIsNotThereIsNotFound() {
        assumeTrue(has(Capability.RESTORE_VOLUME), "the driver does not restore volumes");
        VmRef vm = assigned(newVm());
        RestorePoint point = backedUp(vm);

        assertEndsAs(
                ErrorKind.NOT_FOUND,
                () -> driver().startVolumeRestore(new VolumeRestoreRequest(
                        Requests.token(), "no-such-point", vm.volumes().get(0).uuid(), Requests.token(), vm)));
        assertEndsAs(
                ErrorKind.NOT_FOUND,
                () -> driver().startVolumeRestore(new VolumeRestoreRequest(
                        Requests.token(), point.id(), Requests.token(), Requests.token(), vm)));
    }

    // ---- delete

    @Test
    void deleteRemovesOnePointOrIsRefused() {
        VmRef vm = assigned(newVm());
        RestorePoint first = backedUp(vm);
        RestorePoint second = backedUp(vm);
        DeleteRequest request = Requests.delete(first);
        if (!has(Capability.DELETE_RESTORE_POINT)) {
            assertFails(ErrorKind.USER, () -> driver().startDelete(request));
            assertThat(idsOf(allPoints())).contains(first.id(), second.id());
            return;
        }

        OperationRef delete = driver().startDelete(request);
        assertThat(driver().startDelete(request)).isEqualTo(delete);
        succeeded(await(delete));
        harness.restart();
        assertThat(driver().startDelete(request)).isEqualTo(delete);

        assertThat(idsOf(allPoints())).containsExactly(second.id());
        succeeded(await(driver().startDelete(Requests.delete(first))));
        assertThat(idsOf(allPoints())).containsExactly(second.id());
    }

    @Test
    void aDeletedPointCannotBeRestored() {
        assumeTrue(has(Capability.DELETE_RESTORE_POINT), "the driver does not delete single points");
        VmRef vm = assigned(newVm());
        requireAnyRestore();
        RestorePoint point = backedUp(vm);
        succeeded(await(driver().startDelete(Requests.delete(point))));

        assertRefusedUntouched(vm, ErrorKind.NOT_FOUND, () -> driver().startRestore(Requests.restore(point, vm)));
    }

    // ---- listing

    @Test
    void pagingReturnsEveryPointOnceOldestFirstWithinAVm() {
        VmRef one = assigned(newVm());
        VmRef two = assigned(newVm());
        List<String> ofOne = new ArrayList<>();
        List<String> ofTwo = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ofOne.add(backedUp(one).id());
            harness.step();
            ofTwo.add(backedUp(two).id());
            harness.step();
        }

        for (int limit : new int[] {1, 2, 4, 5, 6, 7, 1000}) {
            List<String> ids = idsOf(allPoints(limit));
            assertThat(ids).as("limit %d", limit).hasSize(6).doesNotHaveDuplicates();
            assertThat(ids).as("limit %d", limit).containsSubsequence(ofOne).containsSubsequence(ofTwo);
        }
    }

    @Test
    void anEmptyProductHasOneEmptyPage() {
        RestorePointPage page = driver().restorePoints(null, 10);

        assertThat(page.points()).isEmpty();
        assertThat(page.next()).isEmpty();
    }

    @Test
    void aCursorOfAnotherMakeIsAUserError() {
        for (String cursor : List.of("", "garbage", "../../etc/passwd", "-1", "\u0000", "x".repeat(5000))) {
            assertFails(ErrorKind.USER, () -> driver().restorePoints(cursor, 10));
        }
    }

    @Test
    void aLimitBelowOneIsAUserError() {
        assertFails(ErrorKind.USER, () -> driver().restorePoints(null, 0));
        assertFails(ErrorKind.USER, () -> driver().restorePoints(null, -1));
    }

    // ---- cancel

    @Test
    void cancelEndsARunningBackupAndLeavesNoHalfPoint() {
        VmRef vm = assigned(newVm());
        harness.makeOperationsSlow();
        OperationRef backup = startBackup(vm);
        harness.step();

        driver().cancel(backup);
        OperationStatus end = await(backup);
        driver().cancel(backup);

        if (has(Capability.CANCEL)) {
            assertThat(end).isInstanceOf(OperationStatus.Cancelled.class);
            assertThat(allPoints()).isEmpty();
        } else {
            succeeded(end);
        }
        assertThat(driver().status(backup)).isEqualTo(end);
        harness.restart();
        assertThat(driver().status(backup)).isEqualTo(end);
    }

    @Test
    void cancelOfARunningRestoreIsFollowedByATrueEnd() {
        assumeTrue(has(Capability.RESTORE_IN_PLACE), "the driver does not restore in place");
        VmRef vm = assigned(newVm());
        List<String> restored = hashesOf(vm);
        RestorePoint point = backedUp(vm);
        changeAll(vm);
        harness.makeOperationsSlow();
        OperationRef restore = driver().startRestore(Requests.restore(point, vm));

        driver().cancel(restore);
        OperationStatus end = await(restore);

        if (has(Capability.CANCEL)) {
            assertThat(end).isInstanceOf(OperationStatus.Cancelled.class);
        } else {
            succeeded(end);
            assertThat(hashesOf(vm)).isEqualTo(restored);
        }
    }

    @Test
    void cancelAfterTheEndChangesNothing() {
        VmRef vm = assigned(newVm());
        OperationRef backup = startBackup(vm);
        OperationStatus end = await(backup);

        driver().cancel(backup);

        assertThat(driver().status(backup)).isEqualTo(end);
        assertThat(allPoints()).hasSize(1);
    }

    // ---- the product is away

    @Test
    void anUnreachableProductIsUnavailableEverywhere() {
        VmRef vm = assigned(newVm());
        RestorePoint point = backedUp(vm);
        OperationRef backup = startBackup(vm);
        await(backup);
        String offering = offering();

        harness.setReachable(false);

        assertFails(ErrorKind.UNAVAILABLE, () -> driver().offerings());
        assertFails(ErrorKind.UNAVAILABLE, () -> driver().offering(offering));
        assertFails(ErrorKind.UNAVAILABLE, () -> driver().assign(vm, offering));
        assertFails(ErrorKind.UNAVAILABLE, () -> driver().remove(vm, offering));
        assertFails(ErrorKind.UNAVAILABLE, () -> driver().startBackup(Requests.backup(vm, offering)));
        assertFails(ErrorKind.UNAVAILABLE, () -> driver().status(backup));
        assertFails(ErrorKind.UNAVAILABLE, () -> driver().restorePoints(null, 10));
        assertFails(ErrorKind.UNAVAILABLE, () -> driver().storageUse());
        if (has(Capability.RESTORE_IN_PLACE)) {
            assertFails(ErrorKind.UNAVAILABLE, () -> driver().startRestore(Requests.restore(point, vm)));
        }
        if (has(Capability.RESTORE_VOLUME)) {
            assertFails(
                    ErrorKind.UNAVAILABLE,
                    () -> driver().startVolumeRestore(
                                    Requests.volumeRestore(point, vm.volumes().get(0), vm)));
        }
        if (has(Capability.DELETE_RESTORE_POINT)) {
            assertFails(ErrorKind.UNAVAILABLE, () -> driver().startDelete(Requests.delete(point)));
        }
        if (has(Capability.CANCEL)) {
            assertFails(ErrorKind.UNAVAILABLE, () -> driver().cancel(backup));
        }
    }

    @Test
    void aProductThatComesBackHasLostNothing() {
        VmRef vm = assigned(newVm());
        RestorePoint point = backedUp(vm);
        harness.makeOperationsSlow();
        OperationRef backup = startBackup(vm);
        harness.setReachable(false);
        assertFails(ErrorKind.UNAVAILABLE, () -> driver().status(backup));
        assertFails(ErrorKind.UNAVAILABLE, () -> driver().restorePoints(null, 10));

        harness.setReachable(true);

        RestorePoint second = succeeded(await(backup)).madeRestorePoint().orElseThrow();
        assertThat(idsOf(allPoints())).containsExactlyInAnyOrder(point.id(), second.id());
    }

    // ---- what a driver's own tests may use as well

    /** A driver for the harness's present factory and zone; opened again when either has changed. */
    protected final BackupDriver driver() {
        BackupDriver current = open;
        if (current != null && openedBy == harness.factory() && harness.zone().equals(openedFor)) {
            return current;
        }
        closeDriver();
        openedBy = harness.factory();
        openedFor = harness.zone();
        open = harness.factory().open(harness.zone());
        return requireNonNull(open, "open returned null");
    }

    /** A VM with a root volume and a data volume of different content. */
    protected final VmRef newVm() {
        return harness.createVm("web-" + Requests.token().substring(0, 8), ROOT, DATA);
    }

    /** A VM as a host makes it for a restore of a {@link #newVm()}. */
    protected final VmRef newFreshVm() {
        return harness.createFreshVm("fresh-" + Requests.token().substring(0, 8), ROOT.length, DATA.length);
    }

    /**
     * The VM as a host knows it after a restore into it: with the details and paths that the end tells, when the product has made
     * it elsewhere.
     */
    protected static VmRef placed(VmRef vm, OperationStatus.Succeeded end) {
        Optional<RestoredMachine> told = end.restoredMachine();
        if (told.isEmpty()) {
            return vm;
        }
        Map<String, String> paths = told.get().paths();
        assertThat(paths.keySet())
                .as("volumes whose places are told")
                .containsExactlyInAnyOrderElementsOf(uuidsOf(vm.volumes()));
        assertThat(paths.values()).doesNotHaveDuplicates().noneMatch(String::isBlank);
        VmRefBuilder made = VmRefBuilder.copyOf(vm)
                .volumes(vm.volumes().stream()
                        .map(each -> new VolumeRef(
                                each.uuid(),
                                requireNonNull(paths.get(each.uuid())),
                                each.root(),
                                each.sizeBytes(),
                                each.deviceId()))
                        .toList());
        told.get().details().forEach(made::detail);
        return made.build();
    }

    /** The VM under the first offering, with the id that the product gave it. */
    protected final VmRef assigned(VmRef vm) {
        return with(vm, driver().assign(vm, offering()));
    }

    /** The external id of the first offering. */
    protected final String offering() {
        return driver().offerings().get(0).externalId();
    }

    protected final OperationRef startBackup(VmRef vm) {
        requireAdHoc();
        return driver().startBackup(Requests.backup(vm, offering()));
    }

    /** Takes a backup to its good end. */
    protected final RestorePoint backedUp(VmRef vm) {
        return succeeded(await(startBackup(vm))).madeRestorePoint().orElseThrow();
    }

    /** Follows an operation to its end, moving the product's time on, and checks that its progress never falls. */
    protected final OperationStatus await(OperationRef operation) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        int percent = 0;
        OperationStatus status = driver().status(operation);
        while (status instanceof OperationStatus.Running running) {
            Integer now = running.percent();
            if (now != null) {
                assertThat(now).as("progress of %s", operation).isGreaterThanOrEqualTo(percent);
                percent = now;
            }
            if (System.nanoTime() > deadline) {
                fail("Operation %s has not ended after %d s: %s", operation, PATIENCE_SECONDS, status);
            }
            harness.step();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
            status = driver().status(operation);
        }
        return status;
    }

    protected static OperationStatus.Succeeded succeeded(OperationStatus status) {
        assertThat(status).isInstanceOf(OperationStatus.Succeeded.class);
        return (OperationStatus.Succeeded) status;
    }

    /** Every point of the zone, gathered over all pages. */
    protected final List<RestorePoint> allPoints() {
        return allPoints(100);
    }

    protected final List<RestorePoint> allPoints(int limit) {
        List<RestorePoint> points = new ArrayList<>();
        String cursor = null;
        for (int pages = 0; pages < 10_000; pages++) {
            RestorePointPage page = driver().restorePoints(cursor, limit);
            assertThat(page.points()).hasSizeLessThanOrEqualTo(limit);
            assertThat(idsOf(page.points())).as("what is good and what is not").noneMatch(page.unusable()::containsKey);
            points.addAll(page.points());
            if (page.next().isEmpty()) {
                return points;
            }
            cursor = page.nextCursor();
        }
        return fail("The listing with limit %d does not end", limit);
    }

    protected final List<String> hashesOf(VmRef vm) {
        return vm.volumes().stream().map(harness::contentHash).toList();
    }

    /** Changes the beginning of every volume, as a running VM would. */
    protected final void changeAll(VmRef vm) {
        for (VolumeRef volume : vm.volumes()) {
            String before = harness.contentHash(volume);
            harness.changeContent(volume, content("changed " + Requests.token(), 4000));
            assertThat(harness.contentHash(volume)).isNotEqualTo(before);
        }
    }

    protected static void assertFails(ErrorKind kind, ThrowingCallable call) {
        assertThat(catchProviderException(call).kind()).isEqualTo(kind);
    }

    /** Content that differs with the seed. */
    protected static byte[] content(String seed, int length) {
        byte[] pattern = (seed + "\n").getBytes(UTF_8);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = pattern[i % pattern.length];
        }
        return bytes;
    }

    // ---- private

    private boolean has(Capability capability) {
        return harness.factory().capabilities().contains(capability);
    }

    private void requireAdHoc() {
        assumeTrue(has(Capability.AD_HOC_BACKUP), "the driver takes no backup on request");
    }

    private void requireAnyRestore() {
        assumeTrue(has(Capability.RESTORE_IN_PLACE), "the driver does not restore in place");
    }

    private void requireRestoreToNewVm() {
        assumeTrue(has(Capability.RESTORE_TO_NEW_VM), "the driver does not restore into another VM");
    }

    /** The failure may be thrown by the start, or be the operation's end: products differ in when they can tell. */
    private void assertEndsAs(ErrorKind kind, Supplier<OperationRef> start) {
        OperationRef operation;
        try {
            operation = start.get();
        } catch (ProviderException e) {
            assertSpeaks(e.text());
            assertThat(e.kind()).as(e.text()).isEqualTo(kind);
            return;
        }
        OperationStatus end = await(operation);
        assertThat(end).isInstanceOf(OperationStatus.Failed.class);
        assertSpeaks(((OperationStatus.Failed) end).message());
        assertThat(((OperationStatus.Failed) end).kind()).as(end.toString()).isEqualTo(kind);
    }

    private void assertRefusedUntouched(VmRef vm, ErrorKind kind, Supplier<OperationRef> start) {
        List<String> before = hashesOf(vm);
        assertEndsAs(kind, start);
        assertThat(hashesOf(vm)).isEqualTo(before);
    }

    private static void assertSpeaks(String message) {
        assertThat(message).hasSizeGreaterThan(10).contains(" ");
    }

    private static ProviderException catchProviderException(ThrowingCallable call) {
        try {
            call.call();
        } catch (ProviderException e) {
            assertSpeaks(e.text());
            assertThat(e.subject()).isNotBlank();
            return e;
        } catch (Throwable e) {
            return fail("Expected a ProviderException", e);
        }
        return fail("Expected a ProviderException, nothing was thrown");
    }

    private void awaitTrue(String what, Supplier<Boolean> condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.get()) {
            if (System.nanoTime() > deadline) {
                fail("Not within %d s: %s", PATIENCE_SECONDS, what);
            }
            harness.step();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    private static <T> List<T> atOnce(int threads, Callable<T> call) {
        var barrier = new CyclicBarrier(threads);
        var pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(pool.submit(() -> {
                    barrier.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    return call.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            return fail("A concurrent call failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fail("Interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private static VmRef with(VmRef vm, Optional<String> externalId) {
        return VmRefBuilder.copyOf(vm).externalId(externalId.orElse(null)).build();
    }

    private static List<String> idsOf(List<RestorePoint> points) {
        return points.stream().map(RestorePoint::id).toList();
    }

    private static List<String> uuidsOf(List<VolumeRef> volumes) {
        return volumes.stream().map(VolumeRef::uuid).toList();
    }

    private void closeDriver() {
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
