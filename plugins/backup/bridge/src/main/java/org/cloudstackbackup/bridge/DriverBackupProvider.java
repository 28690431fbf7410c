/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import static java.util.Objects.requireNonNull;

import com.cloud.dc.dao.DataCenterDao;
import com.cloud.host.dao.HostDao;
import com.cloud.storage.dao.DiskOfferingDao;
import com.cloud.storage.dao.VolumeDao;
import com.cloud.utils.Pair;
import com.cloud.utils.component.AdapterBase;
import com.cloud.utils.exception.CloudRuntimeException;
import com.cloud.vm.VMInstanceVO;
import com.cloud.vm.VirtualMachine;
import com.cloud.vm.dao.VMInstanceDao;
import com.cloud.vm.dao.VMInstanceDetailsDao;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import javax.inject.Inject;
import org.apache.cloudstack.backup.Backup;
import org.apache.cloudstack.backup.BackupManager;
import org.apache.cloudstack.backup.BackupOffering;
import org.apache.cloudstack.backup.BackupOfferingVO;
import org.apache.cloudstack.backup.BackupProvider;
import org.apache.cloudstack.backup.dao.BackupDao;
import org.apache.cloudstack.backup.dao.BackupDetailsDao;
import org.apache.cloudstack.backup.dao.BackupOfferingDao;
import org.apache.cloudstack.framework.config.ConfigKey;
import org.apache.cloudstack.framework.config.Configurable;
import org.apache.cloudstack.storage.datastore.db.PrimaryDataStoreDao;
import org.cloudstackbackup.spi.Capability;
import org.cloudstackbackup.spi.DriverFactory;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.StorageUse;
import org.cloudstackbackup.spi.ZoneContext;
import org.jspecify.annotations.Nullable;

/**
 * A driver as a backup provider of CloudStack 4.22. A drop-in jar has one subclass with a constructor without parameters.
 *
 * <p>The rules that CloudStack sets, and that are kept here:
 *
 * <ul>
 *   <li>What cannot be done is an exception with a sentence, or false where CloudStack only reads that; never a partial answer.
 *   <li>{@code listRestorePoints} throws, or tells everything; CloudStack removes the rows of what is not told.
 *   <li>Nothing leaves as an {@link Error}, and the steps of a sync run that would end it for all zones never throw.
 *   <li>The product is asked outside of CloudStack's transactions, but for the one call of an assignment.
 * </ul>
 *
 * <p>Not final and without final methods: CloudStack may make a subclass of it at run time. Safe for use by many threads.
 */
@SuppressWarnings("NullAway.Init")
public class DriverBackupProvider extends AdapterBase implements BackupProvider, Configurable {
    @Inject
    private BackupManager backupManager;

    @Inject
    private BackupDao backupDao;

    @Inject
    private BackupDetailsDao backupDetailsDao;

    @Inject
    private BackupOfferingDao backupOfferingDao;

    @Inject
    private DataCenterDao dataCenterDao;

    @Inject
    private VMInstanceDao vmInstanceDao;

    @Inject
    private VMInstanceDetailsDao vmInstanceDetailsDao;

    @Inject
    private VolumeDao volumeDao;

    @Inject
    private DiskOfferingDao diskOfferingDao;

    @Inject
    private PrimaryDataStoreDao primaryDataStoreDao;

    @Inject
    private HostDao hostDao;

    private final String name;
    private final DriverFactory factory;
    private final Clock clock;
    private final Pause pause;
    private final Executor background;
    private final DriverSettings settings;
    private final Map<Long, StorageUse> storage = new ConcurrentHashMap<>();
    private volatile @Nullable Parts parts;

    /**
     * @param name the provider's name in CloudStack, lower case; the driver's own, unless CloudStack has one of that name
     */
    protected DriverBackupProvider(String name, DriverFactory factory) {
        this(
                name,
                factory,
                Clock.systemUTC(),
                Pause.ofThread(),
                task -> daemon(name, task).start());
    }

    DriverBackupProvider(String name, DriverFactory factory, Clock clock, Pause pause, Executor background) {
        this.name = requireNonNull(name, "name is null");
        this.factory = requireNonNull(factory, "factory is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.pause = requireNonNull(pause, "pause is null");
        this.background = requireNonNull(background, "background is null");
        settings = new DriverSettings(factory);
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getDescription() {
        return factory.description();
    }

    /** Not the class's name: CloudStack may have made a subclass. */
    @Override
    public String getConfigComponentName() {
        return "cloudstackbackup-" + name;
    }

    @Override
    public ConfigKey<?>[] getConfigKeys() {
        return settings.keys();
    }

    /** A zone with its present settings, whether its provider is this one or not; for the driver's API commands. */
    public LongFunction<ZoneContext> zoneContexts() {
        return zoneId -> parts().drivers.context(zoneId);
    }

    /** Lets go of the product. Backups that run there go on, and are found again. */
    @Override
    public boolean stop() {
        Parts present = parts;
        if (present != null) {
            present.drivers.close();
        }
        return true;
    }

    @Override
    public List<BackupOffering> listBackupOfferings(Long zoneId) {
        return guarded(() -> {
            List<BackupOffering> offerings = new ArrayList<>();
            parts().drivers.call(zoneId, "listing of policies", driver -> driver.offerings()).stream()
                    .map(offering -> new BackupOfferingVO(
                            zoneId, offering.externalId(), getName(), offering.name(), offering.description(), true))
                    .forEach(offerings::add);
            return offerings;
        });
    }

    @Override
    public boolean isValidProviderOffering(Long zoneId, String uuid) {
        return guarded(() -> parts().drivers
                .call(zoneId, "search for policy " + uuid, driver -> driver.offering(uuid))
                .isPresent());
    }

    @Override
    public boolean assignVMToBackupOffering(VirtualMachine vm, BackupOffering backupOffering) {
        return guarded(() -> {
            var external = parts().assigning.assign(vm, backupOffering);
            if (vm instanceof VMInstanceVO row) {
                external.ifPresent(row::setBackupExternalId);
            }
            return true;
        });
    }

    /** False, and not an exception, for a product that refuses: only so can an admin force the removal. */
    @Override
    public boolean removeVMFromBackupOffering(VirtualMachine vm) {
        return guarded(() -> {
            var offering = parts().rows.offering(vm.getBackupOfferingId());
            if (offering.isEmpty()) {
                return true;
            }
            var reference = parts().machines.reference(vm);
            parts().recovery.settleForGood(parts().rows.of(vm));
            try {
                parts().drivers
                        .run(
                                vm.getDataCenterId(),
                                "removal of vm " + reference.name(),
                                driver ->
                                        driver.remove(reference, offering.get().getExternalId()));
                return true;
            } catch (ProviderException e) {
                logger.warn("VM {} could not be taken out of its policy at the product", reference.name(), e);
                return e.kind() == ErrorKind.NOT_FOUND;
            }
        });
    }

    @Override
    public boolean willDeleteBackupsOnOfferingRemoval() {
        return has(Capability.REMOVAL_DELETES_BACKUPS);
    }

    /** The row is missing from a success that the sync has taken over, and counted. */
    @Override
    @SuppressWarnings("NullAway")
    public Pair<Boolean, Backup> takeBackup(VirtualMachine vm, @Nullable Boolean quiesceVM) {
        return guarded(() -> new Pair<>(
                true, parts().taking.take(vm, Boolean.TRUE.equals(quiesceVM)).orElse(null)));
    }

    @Override
    public boolean deleteBackup(Backup backup, boolean forced) {
        return guarded(() -> {
            parts().deleting.delete(backup, forced);
            return true;
        });
    }

    @Override
    public boolean restoreVMFromBackup(VirtualMachine vm, Backup backup) {
        return guarded(() -> {
            parts().restoring.inPlace(vm, backup);
            return true;
        });
    }

    @Override
    public Pair<Boolean, String> restoreBackupToVM(
            VirtualMachine vm, Backup backup, @Nullable String hostIp, @Nullable String dataStoreUuid) {
        return guarded(() -> {
            try {
                parts().restoring.toNew(vm, backup);
                return new Pair<>(true, "");
            } catch (ProviderException e) {
                logger.warn("Backup {} was not restored to vm {}", backup.getUuid(), vm.getUuid(), e);
                return new Pair<>(false, e.text());
            }
        });
    }

    @Override
    public Pair<Boolean, String> restoreBackedUpVolume(
            Backup backup,
            Backup.VolumeInfo backupVolumeInfo,
            @Nullable String hostIp,
            @Nullable String dataStoreUuid,
            @Nullable Pair<String, VirtualMachine.State> vmNameAndState) {
        return guarded(() -> {
            try {
                return parts().volumeRestoring
                        .restore(
                                backup,
                                backupVolumeInfo,
                                hostIp,
                                dataStoreUuid,
                                vmNameAndState == null ? null : vmNameAndState.first());
            } catch (ProviderException e) {
                logger.warn("A volume of backup {} was not restored", backup.getUuid(), e);
                return new Pair<>(false, e.text());
            }
        });
    }

    /** Once in a run, before the machines, and outside of a transaction: here the product is asked for all of them. */
    @Override
    public void syncBackupMetrics(Long zoneId) {
        quietly("look for restores of zone " + zoneId, () -> parts().restoring.settle(zoneId));
        quietly("renewal of volumes of zone " + zoneId, () -> parts().renewing.settle(zoneId));
        quietly("sync of zone " + zoneId, () -> {
            parts().recovery.settle(zoneId);
            parts().listings.refresh(zoneId);
        });
    }

    @Override
    @SuppressWarnings("NullAway")
    public List<Backup.RestorePoint> listRestorePoints(VirtualMachine vm) {
        return guarded(() -> parts().sync.listRestorePoints(vm));
    }

    @Override
    @SuppressWarnings("NullAway")
    public Backup createNewBackupEntryForRestorePoint(Backup.RestorePoint restorePoint, VirtualMachine vm) {
        return guarded(() -> parts().sync.createEntry(restorePoint, vm));
    }

    @Override
    public boolean supportsInstanceFromBackup() {
        return has(Capability.RESTORE_TO_NEW_VM);
    }

    @Override
    public Boolean crossZoneInstanceCreationEnabled(BackupOffering backupOffering) {
        return has(Capability.RESTORE_ACROSS_ZONES);
    }

    /** As of the last run of the sync; zero for what the product does not say. */
    @Override
    public Pair<Long, Long> getBackupStorageStats(Long zoneId) {
        StorageUse use = storage.getOrDefault(zoneId, new StorageUse(0, 0));
        return new Pair<>(use.usedBytes(), use.totalBytes());
    }

    @Override
    public void syncBackupStorageStats(Long zoneId) {
        quietly(
                "storage use of zone " + zoneId,
                () -> storage.put(
                        zoneId,
                        parts().drivers.call(zoneId, "question for storage use", driver -> driver.storageUse())));
    }

    private static Thread daemon(String name, Runnable task) {
        var thread = new Thread(task, "cloudstackbackup-" + name);
        thread.setDaemon(true);
        return thread;
    }

    private boolean has(Capability capability) {
        return factory.capabilities().contains(capability);
    }

    /** CloudStack shows the text of its own exceptions, and survives them. */
    private static <T> T guarded(Supplier<T> call) {
        try {
            return call.get();
        } catch (CloudRuntimeException e) {
            throw e;
        } catch (ProviderException e) {
            throw new CloudRuntimeException(e.text(), e);
        } catch (RuntimeException | Error e) {
            throw new CloudRuntimeException("The backup provider failed unexpectedly: " + e, e);
        }
    }

    private void quietly(String what, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            logger.warn("The {} failed; the next run tries again", what, e);
        }
    }

    private Parts parts() {
        Parts present = parts;
        if (present == null) {
            synchronized (this) {
                present = parts;
                if (present == null) {
                    present = new Parts(cloudStack(), getName(), factory, settings, clock, pause, background);
                    parts = present;
                }
            }
        }
        return present;
    }

    private CloudStack cloudStack() {
        return new CloudStack(
                backupManager,
                backupDao,
                backupDetailsDao,
                backupOfferingDao,
                dataCenterDao,
                vmInstanceDao,
                vmInstanceDetailsDao,
                volumeDao,
                diskOfferingDao,
                primaryDataStoreDao,
                hostDao);
    }
}
