/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.dummy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.cloudstackbackup.spi.BackupDriver;
import org.cloudstackbackup.spi.BackupRequest;
import org.cloudstackbackup.spi.DeleteRequest;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.ProviderOffering;
import org.cloudstackbackup.spi.RestorePointPage;
import org.cloudstackbackup.spi.RestoreRequest;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRestoreRequest;
import org.cloudstackbackup.testkit.DriverContract;
import org.cloudstackbackup.testkit.DriverHarness;
import org.cloudstackbackup.testkit.Requests;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs the driver contract against drivers that each break one promise: a contract that nobody can break proves nothing. */
final class LiesAreCaughtTest {
    private static UnaryOperator<BackupDriver> lie = driver -> driver;

    @Test
    void theTruthPasses() {
        assertThat(testsThatFailWith(driver -> driver)).isEmpty();
    }

    @Test
    void anEmptyListingInsteadOfAnError() {
        assertThat(testsThatFailWith(driver -> new ForwardingDriver(driver) {
                    @Override
                    public RestorePointPage restorePoints(@Nullable String cursor, int limit) {
                        try {
                            return super.restorePoints(cursor, limit);
                        } catch (ProviderException e) {
                            return new RestorePointPage(List.of(), null);
                        }
                    }
                }))
                .contains("anUnreachableProductIsUnavailableEverywhere", "aCursorOfAnotherMakeIsAUserError");
    }

    @Test
    void aListingThatForgetsTheLastPage() {
        assertThat(testsThatFailWith(driver -> new ForwardingDriver(driver) {
                    @Override
                    public RestorePointPage restorePoints(@Nullable String cursor, int limit) {
                        return new RestorePointPage(
                                super.restorePoints(cursor, limit).points(), null);
                    }
                }))
                .containsExactly("pagingReturnsEveryPointOnceOldestFirstWithinAVm");
    }

    @Test
    void aRestoreThatDoesNothing() {
        assertThat(testsThatFailWith(driver -> new ForwardingDriver(driver) {
                    @Override
                    public OperationRef startRestore(RestoreRequest request) {
                        return super.startDelete(new DeleteRequest(request.clientToken(), "nothing", false));
                    }
                }))
                .contains(
                        "restoreInPlaceBringsBackTheBytes",
                        "anOlderPointBringsBackItsOwnBytes",
                        "restoreIntoANewVmBringsTheBytesOrIsRefused",
                        "restoreOfAnUnknownPointIsNotFoundAndTouchesNothing",
                        "restoreIntoATooSmallTargetTouchesNoVolume",
                        "aLostPointIsNotListedAndItsRestoreIsNotFound");
    }

    @Test
    void aStartThatIgnoresTheToken() {
        assertThat(testsThatFailWith(driver -> new ForwardingDriver(driver) {
                    @Override
                    public OperationRef startBackup(BackupRequest request) {
                        return super.startBackup(new BackupRequest(
                                Requests.token(),
                                request.vm(),
                                request.offeringExternalId(),
                                request.name(),
                                request.quiesce()));
                    }

                    @Override
                    public OperationRef startVolumeRestore(VolumeRestoreRequest request) {
                        return super.startVolumeRestore(new VolumeRestoreRequest(
                                Requests.token(),
                                request.restorePointId(),
                                request.volumeUuid(),
                                request.newVolumeUuid(),
                                request.vm()));
                    }
                }))
                .contains(
                        "theSameTokenStartsOneBackup",
                        "theSameTokenFromManyThreadsStartsOneBackup",
                        "volumeRestoreMakesANewVolumeOrIsRefused");
    }

    @Test
    void aBackupWithoutAllVolumes() {
        assertThat(testsThatFailWith(driver -> new ForwardingDriver(driver) {
                    @Override
                    public OperationRef startBackup(BackupRequest request) {
                        var vm = request.vm();
                        var partial = new VmRef(
                                vm.uuid(),
                                vm.name(),
                                vm.instanceName(),
                                vm.externalId(),
                                vm.volumes().subList(0, 1),
                                vm.details());
                        return super.startBackup(new BackupRequest(
                                request.clientToken(),
                                partial,
                                request.offeringExternalId(),
                                request.name(),
                                request.quiesce()));
                    }
                }))
                .contains("backupHoldsAllVolumesOfTheVm");
    }

    @Test
    void aDeletionThatKeepsThePoint() {
        assertThat(testsThatFailWith(driver -> new ForwardingDriver(driver) {
                    @Override
                    public OperationRef startDelete(DeleteRequest request) {
                        return super.startDelete(new DeleteRequest(request.clientToken(), "nothing", false));
                    }
                }))
                .containsExactlyInAnyOrder("deleteRemovesOnePointOrIsRefused", "aDeletedPointCannotBeRestored");
    }

    @Test
    void aCancellationThatIsNotHeard() {
        assertThat(testsThatFailWith(driver -> new ForwardingDriver(driver) {
                    @Override
                    public void cancel(OperationRef operation) {
                        super.status(operation);
                    }
                }))
                .containsExactlyInAnyOrder(
                        "cancelEndsARunningBackupAndLeavesNoHalfPoint", "cancelOfARunningRestoreIsFollowedByATrueEnd");
    }

    @Test
    void aFallingProgressAndAnUnknownOperationThatRuns() {
        assertThat(testsThatFailWith(driver -> new ForwardingDriver(driver) {
                    private int percent = 100;

                    @Override
                    public OperationStatus status(OperationRef operation) {
                        try {
                            OperationStatus status = super.status(operation);
                            percent = Math.max(0, percent - 1);
                            return status.isEnded() ? status : new OperationStatus.Running(percent, "");
                        } catch (ProviderException e) {
                            if (e.kind() == ErrorKind.NOT_FOUND) {
                                return new OperationStatus.Running(null, "");
                            }
                            throw e;
                        }
                    }
                }))
                .contains("progressNeverFallsAndTheEndIsFinal", "anUnknownOperationIsNotFound");
    }

    @Test
    void offeringsInNoOrderAndOneForEveryId() {
        assertThat(testsThatFailWith(driver -> new ForwardingDriver(driver) {
                    private boolean turned;

                    @Override
                    public List<ProviderOffering> offerings() {
                        List<ProviderOffering> offerings = super.offerings();
                        turned = !turned;
                        return turned ? List.of(offerings.get(1), offerings.get(0)) : offerings;
                    }

                    @Override
                    public Optional<ProviderOffering> offering(String externalId) {
                        return super.offering("gold-policy");
                    }
                }))
                .contains("offeringsAreCompleteAndStable", "everyOfferingIsFoundByItsIdAndNoOtherIs");
    }

    private static List<String> testsThatFailWith(UnaryOperator<BackupDriver> untrue) {
        lie = untrue;
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(LyingContract.class))
                .execute()
                .testEvents()
                .failed()
                .map(Event::getTestDescriptor)
                .map(test -> requireNonNull(test).getDisplayName().replace("()", ""))
                .toList();
    }

    /** Not found by the build's own search for tests, which wants another name. */
    static final class LyingContract extends DriverContract {
        @Override
        protected DriverHarness newHarness() {
            return new ChangedHarness(DummyDriverFactory.CAPABILITIES, lie);
        }
    }
}
