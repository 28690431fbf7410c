/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import com.cloud.dc.dao.DataCenterDao;
import com.cloud.host.dao.HostDao;
import com.cloud.storage.dao.DiskOfferingDao;
import com.cloud.storage.dao.VolumeDao;
import com.cloud.vm.VMInstanceVO;
import com.cloud.vm.dao.VMInstanceDao;
import com.cloud.vm.dao.VMInstanceDetailsDao;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.apache.cloudstack.backup.Backup;
import org.apache.cloudstack.backup.BackupManager;
import org.apache.cloudstack.backup.BackupOfferingVO;
import org.apache.cloudstack.backup.BackupVO;
import org.apache.cloudstack.backup.dao.BackupDao;
import org.apache.cloudstack.backup.dao.BackupDetailsDao;
import org.apache.cloudstack.backup.dao.BackupOfferingDao;
import org.apache.cloudstack.storage.datastore.db.PrimaryDataStoreDao;
import org.cloudstackbackup.bridge.fake.FakeCloudStack;
import org.cloudstackbackup.spi.BackupDriver;
import org.cloudstackbackup.spi.Capability;
import org.cloudstackbackup.spi.DriverFactory;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.spi.SettingDefinition.Type;
import org.cloudstackbackup.spi.ZoneContext;
import org.cloudstackbackup.testkit.SettableClock;

/** A provider on a scripted product inside a CloudStack in memory. Waiting moves the clock. */
final class Rig {
    static final long GIB = 1L << 30;

    final SettableClock clock = new SettableClock();
    final FakeCloudStack cloudStack = new FakeCloudStack();
    final ScriptedDriver product = new ScriptedDriver(clock);
    final Set<Capability> capabilities = EnumSet.allOf(Capability.class);
    final BackupOfferingVO gold = cloudStack.offering("gold", "scripted");

    /** What happens while the provider waits. */
    Runnable whileWaiting = () -> {};

    /** Who lists in the background; at once, unless a test wants it otherwise. */
    Executor background = Runnable::run;

    DriverBackupProvider provider = freshProvider();

    /** The management server is killed, and another one starts: nothing is left but tables and product. */
    void restart() {
        provider = freshProvider();
        whileWaiting = () -> {};
    }

    /** A machine under the offering. */
    VMInstanceVO machine(String name, long... sizes) {
        VMInstanceVO vm = cloudStack.machine(name, sizes);
        cloudStack.assign(provider, vm, gold);
        return vm;
    }

    /** A machine with a finished backup. */
    BackupVO backup(VMInstanceVO vm) {
        Backup taken = cloudStack.take(provider, vm).second();
        return (BackupVO) taken;
    }

    List<Exception> sync(VMInstanceVO... machines) {
        return cloudStack.sync(provider, machines);
    }

    BackupVO row(VMInstanceVO vm) {
        List<BackupVO> rows = cloudStack.rowsOf(vm);
        if (rows.size() != 1) {
            throw new AssertionError("Expected one row, found " + rows.size());
        }
        return rows.get(0);
    }

    /** The parts of a further provider, to be called one by one. */
    Parts parts() {
        var factory = new Factory();
        return new Parts(
                surroundings(), "scripted", factory, new DriverSettings(factory), clock, clock::advance, background);
    }

    Assigning assigning(Briefly briefly, Pause pause) {
        Parts parts = parts();
        return new Assigning(surroundings(), parts.machines, parts.drivers, briefly, pause);
    }

    private CloudStack surroundings() {
        return new CloudStack(
                cloudStack.manager.as(BackupManager.class),
                cloudStack.backups.as(BackupDao.class),
                cloudStack.backupDetails.as(BackupDetailsDao.class),
                cloudStack.offerings.as(BackupOfferingDao.class),
                cloudStack.zones.as(DataCenterDao.class),
                cloudStack.machines.as(VMInstanceDao.class),
                cloudStack.machineDetails.as(VMInstanceDetailsDao.class),
                cloudStack.volumes.as(VolumeDao.class),
                cloudStack.diskOfferings.as(DiskOfferingDao.class),
                cloudStack.pools.as(PrimaryDataStoreDao.class),
                cloudStack.hosts.as(HostDao.class));
    }

    private DriverBackupProvider freshProvider() {
        Pause pause = duration -> {
            clock.advance(duration);
            whileWaiting.run();
            if (Thread.interrupted()) {
                throw new InterruptedException("the server stops");
            }
        };
        return cloudStack.inject(
                new DriverBackupProvider("scripted", new Factory(), clock, pause, task -> background.execute(task)));
    }

    /** The product's driver for any zone; closing it is the provider's business and ends nothing. */
    final class Factory implements DriverFactory {
        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public String description() {
            return "Scripted product";
        }

        @Override
        public Set<Capability> capabilities() {
            return capabilities;
        }

        @Override
        public List<SettingDefinition> settings() {
            return List.of(
                    SettingDefinition.perZone("backup.plugin.scripted.url", Type.URL, "", "Where the product is."),
                    SettingDefinition.perZone("backup.plugin.scripted.token", Type.SECRET, "", "How to get in."),
                    new SettingDefinition(
                            "backup.plugin.scripted.mode",
                            Type.SELECT,
                            "fast",
                            "How it works.",
                            SettingDefinition.Scope.GLOBAL,
                            true,
                            List.of("fast", "slow")));
        }

        @Override
        public BackupDriver open(ZoneContext zone) {
            product.calls.add("open " + zone.name());
            return product;
        }
    }
}
