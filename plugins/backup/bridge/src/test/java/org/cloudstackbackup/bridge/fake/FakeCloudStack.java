/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge.fake;

import com.cloud.dc.DataCenterVO;
import com.cloud.dc.dao.DataCenterDao;
import com.cloud.host.dao.HostDao;
import com.cloud.hypervisor.Hypervisor.HypervisorType;
import com.cloud.storage.DiskOfferingVO;
import com.cloud.storage.Storage.ProvisioningType;
import com.cloud.storage.Volume;
import com.cloud.storage.VolumeVO;
import com.cloud.storage.dao.DiskOfferingDao;
import com.cloud.storage.dao.VolumeDao;
import com.cloud.utils.Pair;
import com.cloud.vm.VMInstanceDetailVO;
import com.cloud.vm.VMInstanceVO;
import com.cloud.vm.VirtualMachine;
import com.cloud.vm.dao.VMInstanceDao;
import com.cloud.vm.dao.VMInstanceDetailsDao;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.backup.Backup;
import org.apache.cloudstack.backup.BackupDetailVO;
import org.apache.cloudstack.backup.BackupManager;
import org.apache.cloudstack.backup.BackupOffering;
import org.apache.cloudstack.backup.BackupOfferingVO;
import org.apache.cloudstack.backup.BackupProvider;
import org.apache.cloudstack.backup.BackupVO;
import org.apache.cloudstack.backup.dao.BackupDao;
import org.apache.cloudstack.backup.dao.BackupDetailsDao;
import org.apache.cloudstack.backup.dao.BackupOfferingDao;
import org.apache.cloudstack.storage.datastore.db.PrimaryDataStoreDao;
import org.apache.cloudstack.storage.datastore.db.StoragePoolVO;

/**
 * One CloudStack with one zone, one pool and one host, and its backup framework's ways with a provider: what it does around
 * an assignment, and what its sync does to rows.
 */
public final class FakeCloudStack {
    public static final long ZONE = 1;
    public static final String ZONE_UUID = "0b6c0f3c-7d0a-4b8a-8ea0-6d4f1f0b9d10";
    public static final String POOL = "5d3f6e52-97c3-4f0c-8f5d-3f1f4f0b7a22";
    public static final String POOL_NAME = "primary-1";
    public static final String HOST = "192.0.2.7";

    public final Manager manager = new Manager();
    public final Details<BackupDetailVO> backupDetails = new Details<>(BackupDetailVO::new);
    public final Backups backups = new Backups(backupDetails);
    public final Table<BackupOfferingVO> offerings = new Table<>();
    public final Table<DataCenterVO> zones = new Table<>();
    public final Machines machines = new Machines();
    public final Details<VMInstanceDetailVO> machineDetails = new Details<>(VMInstanceDetailVO::new);
    public final Volumes volumes = new Volumes();
    public final Table<DiskOfferingVO> diskOfferings = new Table<>();
    public final Table<StoragePoolVO> pools = new Table<>();
    public final Hosts hosts = new Hosts();

    /** Count of backups, as CloudStack keeps it for the account. */
    public int counted;

    private long lastMachine = 100;

    public FakeCloudStack() {
        DataCenterVO zone = Fields.blank(DataCenterVO.class);
        zone.setUuid(ZONE_UUID);
        zone.setName("zone-1");
        zones.insert(zone);
        StoragePoolVO pool = new StoragePoolVO();
        pool.setUuid(POOL);
        pool.setName(POOL_NAME);
        pools.insert(pool);
        DiskOfferingVO disk = new DiskOfferingVO();
        disk.setUuid(Manager.DISK_OFFERING);
        diskOfferings.insert(disk);
        hosts.add(HOST);
    }

    /** What CloudStack injects, by type. */
    public Map<Class<?>, Object> beans() {
        Map<Class<?>, Object> beans = new LinkedHashMap<>();
        beans.put(BackupManager.class, manager.as(BackupManager.class));
        beans.put(BackupDao.class, backups.as(BackupDao.class));
        beans.put(BackupDetailsDao.class, backupDetails.as(BackupDetailsDao.class));
        beans.put(BackupOfferingDao.class, offerings.as(BackupOfferingDao.class));
        beans.put(DataCenterDao.class, zones.as(DataCenterDao.class));
        beans.put(VMInstanceDao.class, machines.as(VMInstanceDao.class));
        beans.put(VMInstanceDetailsDao.class, machineDetails.as(VMInstanceDetailsDao.class));
        beans.put(VolumeDao.class, volumes.as(VolumeDao.class));
        beans.put(DiskOfferingDao.class, diskOfferings.as(DiskOfferingDao.class));
        beans.put(PrimaryDataStoreDao.class, pools.as(PrimaryDataStoreDao.class));
        beans.put(HostDao.class, hosts.as(HostDao.class));
        return beans;
    }

    /** Fills the fields of a provider that CloudStack would inject. */
    public <P> P inject(P provider) {
        Map<Class<?>, Object> beans = beans();
        for (Class<?> type = provider.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (beans.containsKey(field.getType())) {
                    Fields.set(provider, field.getName(), beans.get(field.getType()));
                }
            }
        }
        return provider;
    }

    public BackupOfferingVO offering(String externalId, String provider) {
        return offerings.insert(new BackupOfferingVO(ZONE, externalId, provider, externalId, "for tests", true));
    }

    /** A stopped machine with a root volume and a data volume for each further size. */
    public VMInstanceVO machine(String name, long... sizes) {
        long id = ++lastMachine;
        VMInstanceVO vm = new VMInstanceVO(
                id, 1, name, "i-2-" + id + "-VM", VirtualMachine.Type.User, 1L, HypervisorType.KVM, 1, 1, 2, 2, false);
        vm.setDataCenterId(ZONE);
        machines.insert(vm);
        for (int device = 0; device < sizes.length; device++) {
            volume(vm, device, sizes[device]);
        }
        return vm;
    }

    public VolumeVO volume(VMInstanceVO vm, long device, long size) {
        VolumeVO volume = new VolumeVO(
                device == 0 ? Volume.Type.ROOT : Volume.Type.DATADISK,
                vm.getHostName() + "-" + device,
                ZONE,
                1,
                2,
                1,
                ProvisioningType.THIN,
                size,
                null,
                null,
                null);
        volume.setInstanceId(vm.getId());
        volume.setDeviceId(device);
        volume.setPath(volume.getUuid() + ".raw");
        volume.setState(Volume.State.Ready);
        return volumes.insert(volume);
    }

    /** As CloudStack's framework assigns. */
    public boolean assign(BackupProvider provider, VMInstanceVO vm, BackupOffering offering) {
        vm.setBackupOfferingId(offering.getId());
        if (!provider.assignVMToBackupOffering(vm, offering)) {
            vm.setBackupOfferingId(null);
            return false;
        }
        return true;
    }

    /** As CloudStack's framework takes a backup: the row is counted when the provider hands it over. */
    public Pair<Boolean, Backup> take(BackupProvider provider, VMInstanceVO vm) {
        Pair<Boolean, Backup> taken = provider.takeBackup(vm, null);
        if (taken.first() && taken.second() != null) {
            counted++;
        }
        return taken;
    }

    /** One run of CloudStack's sync over these machines; what it throws for one of them is what CloudStack would log. */
    public List<Exception> sync(BackupProvider provider, VMInstanceVO... protectedMachines) {
        provider.syncBackupStorageStats(ZONE);
        provider.syncBackupMetrics(ZONE);
        List<Exception> logged = new ArrayList<>();
        for (VMInstanceVO vm : protectedMachines) {
            try {
                sync(provider, vm, backups.listByVmId(null, vm.getId()));
            } catch (RuntimeException e) {
                logged.add(e);
            }
        }
        return logged;
    }

    /** What the sync does for one machine with the rows that it has read a moment ago. */
    public void sync(BackupProvider provider, VMInstanceVO vm, List<BackupVO> read) {
        List<Backup.RestorePoint> points = provider.listRestorePoints(vm);
        if (points == null) {
            return;
        }
        List<BackupVO> unmatched = new ArrayList<>(read);
        for (Backup.RestorePoint point : points) {
            if (unmatched.removeIf(row -> row.getExternalId().equals(point.getId()))
                    || read.stream().anyMatch(row -> row.getExternalId().equals(point.getId()))) {
                continue;
            }
            if (provider.createNewBackupEntryForRestorePoint(point, vm) != null) {
                counted++;
            }
        }
        for (BackupVO row : unmatched) {
            backups.remove(row.getId());
            counted--;
        }
    }

    public List<BackupVO> rowsOf(VMInstanceVO vm) {
        return backups.listByVmId(null, vm.getId());
    }
}
