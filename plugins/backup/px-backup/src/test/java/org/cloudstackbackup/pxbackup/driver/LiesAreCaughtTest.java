/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cloudstackbackup.spi.BackupDriver;
import org.cloudstackbackup.spi.BackupRequest;
import org.cloudstackbackup.spi.Capability;
import org.cloudstackbackup.spi.DeleteRequest;
import org.cloudstackbackup.spi.DriverFactory;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestorePointPage;
import org.cloudstackbackup.spi.RestoreRequest;
import org.cloudstackbackup.spi.RestoredMachine;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.spi.ZoneContext;
import org.cloudstackbackup.testkit.DriverContract;
import org.cloudstackbackup.testkit.DriverHarness;
import org.cloudstackbackup.testkit.Requests;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs the contract against this driver with one promise broken at a time: on the emulator too, each lie must be found. */
final class LiesAreCaughtTest {
    private static final String[] OF_FRESH_VMS = {
        "restoreIntoAFreshVmBringsTheBytesToWhereItsEndSays",
        "theEndOfARestoreIntoAFreshVmIsTheSameForWhoeverAsksAgain",
        "freshVmsOfOnePointAreApart",
        "aVmThatARestoreHasMadeIsProtectedAsAnyOther",
        "aFreshVmThatCannotTakeThePointIsRefusedBeforeAnythingIsMade"
    };

    private static Lie lie = (truth, method, argument) -> truth.tell(argument);

    @Test
    void anEmptyListingInsteadOfAnError() {
        assertThat(testsThatFailWith((truth, method, argument) -> {
                    if (!method.equals("restorePoints")) {
                        return truth.tell(argument);
                    }
                    try {
                        return truth.tell(argument);
                    } catch (ProviderException e) {
                        return new RestorePointPage(List.of(), null);
                    }
                }))
                .contains("anUnreachableProductIsUnavailableEverywhere");
    }

    @Test
    void aListingThatForgetsTheLastPage() {
        assertThat(testsThatFailWith((truth, method, argument) -> method.equals("restorePoints")
                        ? new RestorePointPage(((RestorePointPage) requireNonNull(truth.tell(argument))).points(), null)
                        : truth.tell(argument)))
                .containsExactly("pagingReturnsEveryPointOnceOldestFirstWithinAVm");
    }

    @Test
    void aStartThatIgnoresTheToken() {
        assertThat(testsThatFailWith((truth, method, argument) -> argument instanceof BackupRequest request
                        ? truth.tell(new BackupRequest(
                                Requests.token(),
                                request.vm(),
                                request.offeringExternalId(),
                                request.name(),
                                request.quiesce()))
                        : truth.tell(argument)))
                .contains("theSameTokenStartsOneBackup", "theSameTokenFromManyThreadsStartsOneBackup");
    }

    @Test
    void aRestoreThatIgnoresTheToken() {
        assertThat(testsThatFailWith((truth, method, argument) -> argument instanceof RestoreRequest request
                        ? truth.tell(new RestoreRequest(
                                Requests.token(), request.restorePointId(), request.vm(), request.targets()))
                        : truth.tell(argument)))
                .contains("theSameTokenRestoresOnce");
    }

    @Test
    void aDeletionThatKeepsThePoint() {
        assertThat(testsThatFailWith((truth, method, argument) -> argument instanceof DeleteRequest request
                        ? truth.tell(new DeleteRequest(request.clientToken(), "nothing", false))
                        : truth.tell(argument)))
                .containsExactlyInAnyOrder("deleteRemovesOnePointOrIsRefused", "aDeletedPointCannotBeRestored");
    }

    @Test
    void aNewMachineThatIsNotTold() {
        assertThat(testsThatFailWith((truth, method, argument) -> {
                    Object told = truth.tell(argument);
                    return told instanceof OperationStatus.Succeeded end && end.machine() != null
                            ? OperationStatus.Succeeded.done()
                            : told;
                }))
                .containsExactlyInAnyOrder(OF_FRESH_VMS);
    }

    @Test
    void aNewMachineWithItsVolumesMixedUp() {
        assertThat(testsThatFailWith((truth, method, argument) -> {
                    Object told = truth.tell(argument);
                    return told instanceof OperationStatus.Succeeded end && end.machine() != null
                            ? OperationStatus.Succeeded.machine(mixedUp(end.machine()))
                            : told;
                }))
                .contains(
                        "restoreIntoAFreshVmBringsTheBytesToWhereItsEndSays",
                        "freshVmsOfOnePointAreApart",
                        "aFreshVmThatCannotTakeThePointIsRefusedBeforeAnythingIsMade");
    }

    @Test
    void aNewMachineWhoseVolumesAreNotAllTold() {
        assertThat(testsThatFailWith((truth, method, argument) -> {
                    Object told = truth.tell(argument);
                    return told instanceof OperationStatus.Succeeded end && end.machine() != null
                            ? OperationStatus.Succeeded.machine(new RestoredMachine(
                                    end.machine().details(), first(end.machine().paths())))
                            : told;
                }))
                .containsExactlyInAnyOrder(OF_FRESH_VMS);
    }

    private static RestoredMachine mixedUp(RestoredMachine machine) {
        List<String> uuids = List.copyOf(machine.paths().keySet());
        Map<String, String> paths = new HashMap<>();
        for (int i = 0; i < uuids.size(); i++) {
            paths.put(uuids.get(i), requireNonNull(machine.paths().get(uuids.get((i + 1) % uuids.size()))));
        }
        return new RestoredMachine(machine.details(), paths);
    }

    private static Map<String, String> first(Map<String, String> paths) {
        return Map.ofEntries(paths.entrySet().iterator().next());
    }

    private static List<String> testsThatFailWith(Lie untrue) {
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

    /** What is said instead of the truth. */
    @FunctionalInterface
    private interface Lie {
        @Nullable
        Object about(Truth truth, String method, @Nullable Object firstArgument);
    }

    /** The driver's own answer, to this or another first argument. */
    @FunctionalInterface
    private interface Truth {
        @Nullable
        Object tell(@Nullable Object firstArgument);
    }

    private static BackupDriver lying(BackupDriver driver) {
        return (BackupDriver) Proxy.newProxyInstance(
                LiesAreCaughtTest.class.getClassLoader(),
                new Class<?>[] {BackupDriver.class},
                (proxy, method, arguments) -> {
                    Object first = arguments == null ? null : arguments[0];
                    return lie.about(
                            argument -> {
                                try {
                                    if (arguments != null) {
                                        arguments[0] = argument;
                                    }
                                    return method.invoke(driver, arguments);
                                } catch (InvocationTargetException e) {
                                    throw (RuntimeException) e.getCause();
                                } catch (IllegalAccessException e) {
                                    throw new IllegalStateException(e);
                                }
                            },
                            method.getName(),
                            first);
                });
    }

    /** A factory whose drivers lie; the same object as long as the true one is. */
    private record LyingFactory(DriverFactory factory) implements DriverFactory {
        @Override
        public String name() {
            return factory.name();
        }

        @Override
        public String description() {
            return factory.description();
        }

        @Override
        public Set<Capability> capabilities() {
            return factory.capabilities();
        }

        @Override
        public List<SettingDefinition> settings() {
            return factory.settings();
        }

        @Override
        public BackupDriver open(ZoneContext zone) {
            return lying(factory.open(zone));
        }
    }

    /** Not found by the build's own search for tests, which wants another name. */
    static final class LyingContract extends DriverContract {
        @Override
        protected DriverHarness newHarness() {
            var harness = new PxBackupHarness();
            return (DriverHarness) Proxy.newProxyInstance(
                    LiesAreCaughtTest.class.getClassLoader(), new Class<?>[] {DriverHarness.class}, new Object() {
                        private @Nullable LyingFactory factory;

                        Object answer(Object proxy, java.lang.reflect.Method method, Object[] arguments)
                                throws Throwable {
                            try {
                                Object answer = method.invoke(harness, arguments);
                                if (!(answer instanceof DriverFactory now)) {
                                    return answer;
                                }
                                if (factory == null || factory.factory() != now) {
                                    factory = new LyingFactory(now);
                                }
                                return factory;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }
                    }::answer);
        }
    }
}
