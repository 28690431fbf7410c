/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import static java.util.Objects.requireNonNull;

import com.cloud.event.EventTypes;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.inventory.BackupUse;
import org.cloudstackbackup.framework.inventory.DiskOffering;
import org.cloudstackbackup.framework.inventory.ListedVolume;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.inventory.VmState;
import org.cloudstackbackup.framework.inventory.Volume;
import org.cloudstackbackup.framework.inventory.VolumeFilter;
import org.cloudstackbackup.framework.inventory.VolumeState;
import org.cloudstackbackup.framework.inventory.VolumeType;
import org.cloudstackbackup.framework.inventory.Zone;
import org.cloudstackbackup.framework.setting.FrameworkSettings;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.server.job.JobContext;
import org.jspecify.annotations.Nullable;

/** Volumes as callers use them. Safe for use by many threads. */
final class VolumeService {
    private static final Set<VmState> SETTLED = EnumSet.of(VmState.RUNNING, VmState.STOPPED);
    private static final Set<VolumeState> USABLE = EnumSet.of(VolumeState.ALLOCATED, VolumeState.READY);
    private static final int LAST_DEVICE = 63;
    private static final String DETACHED = "The volume is detached";

    private final InventoryStores stores;
    private final InventoryPlatform platform;
    private final VmProvisioning provisioning;
    private final Settings settings;
    private final BackupUse backups;
    private final InventoryEvents events;

    VolumeService(
            InventoryStores stores,
            InventoryPlatform platform,
            VmProvisioning provisioning,
            Settings settings,
            BackupUse backups) {
        this.stores = requireNonNull(stores, "stores is null");
        this.platform = requireNonNull(platform, "platform is null");
        this.provisioning = requireNonNull(provisioning, "provisioning is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.backups = requireNonNull(backups, "backups is null");
        this.events = new InventoryEvents(platform.events());
    }

    Page<ListedVolume> list(VolumeFilter filter, PageRequest page) {
        return stores.volumes().page(filter, page);
    }

    ListedVolume describe(long id) {
        return Require.found(stores.volumes().describe(id), "volume", id);
    }

    /** Adds a volume without data; {@link #make} makes that. */
    Volume add(String uuid, String name, Owner owner, long zoneId, long offeringId, long sizeBytes) {
        Zone zone = Require.found(stores.zones().find(zoneId), "zone", zoneId);
        if (!zone.allocationState().equals("Enabled")) {
            throw Require.conflict(
                    "zone " + zone.name(), "Zone " + zone.name() + " is disabled: no volume is made in it");
        }
        Instant now = platform.clock().instant();
        return stores.volumes()
                .add(
                        new Volume(
                                0,
                                uuid,
                                Require.name("name", name),
                                VolumeType.DATADISK,
                                VolumeState.ALLOCATED,
                                sizeBytes,
                                null,
                                null,
                                null,
                                offeringId,
                                null,
                                null,
                                null,
                                zone.id(),
                                owner,
                                now,
                                null),
                        now);
    }

    /** Makes the volume's data. May be repeated. */
    void make(Caller caller, long id) {
        Volume volume = usable(id);
        provisioning.makeVolume(volume);
        events.volume(EventTypes.EVENT_VOLUME_CREATE, "Created", caller.user().id(), volume);
    }

    /** A no-op when it is attached there. */
    void attach(Caller caller, long id, long vmId, @Nullable Long deviceId) {
        Volume volume = usable(id);
        Vm vm = changeableVm(vmId);
        Long attachedTo = volume.vmId();
        if (attachedTo != null && attachedTo == vmId) {
            return;
        }
        if (attachedTo != null) {
            throw Require.conflict(
                    "volume " + volume.name(),
                    "Volume " + volume.name() + " is attached to another VM; detach it first");
        }
        refuseProtected(vm);
        checkFits(volume, vm, deviceId);
        provisioning.makeVolume(volume);
        boolean attached = platform.transactions().inTransaction(() -> {
            Set<Long> taken = stores.volumes().lockDeviceIds(vmId);
            changeableVm(vmId);
            long device = deviceId == null ? lowestFree(taken) : deviceId;
            boolean done =
                    stores.volumes().attach(id, vmId, device, platform.clock().instant());
            if (done) {
                backups.volumesChanged(vmId);
                events.volume(
                        EventTypes.EVENT_VOLUME_ATTACH,
                        "Attached",
                        caller.user().id(),
                        volume);
            }
            return done;
        });
        if (!attached) {
            throw Require.conflict(
                    "volume " + volume.name(),
                    "Volume " + volume.name() + " could not be attached to VM " + vm.name()
                            + ": the device is taken, or the volume was attached or removed meanwhile");
        }
    }

    private static void checkFits(Volume volume, Vm vm, @Nullable Long deviceId) {
        if (volume.type() != VolumeType.DATADISK) {
            throw Require.user(
                    "id", "Volume " + volume.name() + " is a root volume; only data volumes can be attached");
        }
        if (volume.zoneId() != vm.zoneId()) {
            throw Require.user("id", "Volume " + volume.name() + " and VM " + vm.name() + " are in different zones");
        }
        if (volume.owner().accountId() != vm.owner().accountId()) {
            throw Require.user(
                    "id", "Volume " + volume.name() + " and VM " + vm.name() + " belong to different accounts");
        }
        if (deviceId != null && (deviceId < 1 || deviceId > LAST_DEVICE)) {
            throw Require.user(
                    "deviceid",
                    "Parameter deviceid: " + deviceId + " is out of range; allowed are 1 to " + LAST_DEVICE);
        }
    }

    private static long lowestFree(Set<Long> taken) {
        for (long device = 1; device <= LAST_DEVICE; device++) {
            if (!taken.contains(device)) {
                return device;
            }
        }
        throw Require.conflict("vm", "The VM has " + LAST_DEVICE + " data volumes, which is the most");
    }

    /** @param job remembers that it has detached the volume, so that its repetition after a crash is no mistake */
    void detach(Caller caller, long id, JobContext job) {
        Volume volume = usable(id);
        Long vmId = volume.vmId();
        if (vmId == null) {
            if (job.lastMessage().equals(DETACHED)) {
                return;
            }
            throw Require.conflict("volume " + volume.name(), "Volume " + volume.name() + " is not attached to a VM");
        }
        if (volume.type() == VolumeType.ROOT) {
            throw Require.user("id", "Volume " + volume.name() + " is a root volume and cannot be detached");
        }
        Vm vm = changeableVm(vmId);
        refuseProtected(vm);
        boolean detached = platform.transactions().inTransaction(() -> {
            stores.volumes().lockDeviceIds(vmId);
            changeableVm(vmId);
            boolean done = stores.volumes().detach(id, vmId);
            if (done) {
                backups.volumesChanged(vmId);
                job.progress(100, DETACHED);
                events.volume(
                        EventTypes.EVENT_VOLUME_DETACH,
                        "Detached",
                        caller.user().id(),
                        volume);
            }
            return done;
        });
        if (!detached) {
            throw Require.conflict(
                    "volume " + volume.name(),
                    "Volume " + volume.name() + " was changed meanwhile and is not detached");
        }
    }

    /** The volume attached to the VM at the device. */
    long idAt(long vmId, long deviceId) {
        return stores.volumes().ofVm(vmId).stream()
                .filter(volume -> Long.valueOf(deviceId).equals(volume.deviceId()))
                .findFirst()
                .orElseThrow(() -> Require.user("deviceid", "The VM has no volume at device " + deviceId))
                .id();
    }

    private void refuseProtected(Vm vm) {
        boolean allowed = Boolean.parseBoolean(settings.value(FrameworkSettings.ENABLE_ATTACH_DETACH));
        if (vm.backupOfferingId() != null && !allowed) {
            throw Require.user(
                    "vm " + vm.name(),
                    "VM " + vm.name()
                            + " has a backup offering: volumes cannot be attached or detached unless the setting "
                            + FrameworkSettings.ENABLE_ATTACH_DETACH.key() + " is true");
        }
    }

    /** Only grows. */
    void resize(Caller caller, long id, @Nullable Long offeringId, @Nullable Long gib) {
        Volume volume = usable(id);
        Long vmId = volume.vmId();
        if (vmId != null) {
            changeableVm(vmId);
        }
        long size = newSize(volume, offeringId, gib);
        if (size < volume.sizeBytes()) {
            throw Require.user(
                    "size",
                    "Volume " + volume.name() + " has " + volume.sizeBytes() + " bytes and cannot be shrunk to "
                            + size);
        }
        String path = volume.path();
        if (path != null) {
            Zone zone = Require.found(stores.zones().find(volume.zoneId()), "zone", volume.zoneId());
            platform.hypervisorOf(zone).resizeVolume(path, size);
        }
        platform.transactions().run(() -> {
            stores.volumes().setSize(id, size);
            events.volume(
                    EventTypes.EVENT_VOLUME_RESIZE, "Resized", caller.user().id(), volume);
        });
    }

    private long newSize(Volume volume, @Nullable Long offeringId, @Nullable Long gib) {
        if (offeringId != null && offeringId != volume.diskOfferingId()) {
            throw Require.user(
                    "diskofferingid",
                    "Volume " + volume.name() + " keeps its disk offering; give the new size in parameter size");
        }
        if (gib == null) {
            throw Require.user("size", "Parameter size is needed, in GiB, at most " + Require.MAX_DISK_GIB);
        }
        DiskOffering offering =
                stores.diskOfferings().find(volume.diskOfferingId()).orElse(null);
        if (volume.type() == VolumeType.DATADISK && offering != null && !offering.customized()) {
            throw Require.user(
                    "size",
                    "Disk offering " + offering.name() + " of volume " + volume.name() + " has a fixed size; only root"
                            + " volumes and those of customized offerings can be resized");
        }
        return Require.bytesOf("size", gib);
    }

    /** Deletes a detached volume with its data, also a destroyed one. May be repeated. */
    void delete(Caller caller, long id) {
        Volume volume = detached(id);
        boolean doomed = volume.state() == VolumeState.EXPUNGING
                || moved(volume, VolumeState.READY, VolumeState.EXPUNGING)
                || moved(volume, VolumeState.ALLOCATED, VolumeState.EXPUNGING)
                || moved(volume, VolumeState.DESTROY, VolumeState.EXPUNGING);
        if (!doomed) {
            throw notUsable(volume);
        }
        provisioning.removeVolume(volume);
        events.volume(EventTypes.EVENT_VOLUME_DELETE, "Deleted", caller.user().id(), volume);
    }

    /** As {@link #destroy(Caller, long)} or, when it shall be expunged, as {@link #delete}; tells how it is then or was last. */
    VolumeResponse destroy(Caller caller, long id, boolean expunge) {
        VolumeResponse before = new VolumeResponse(describe(id));
        if (expunge) {
            delete(caller, id);
            return before;
        }
        destroy(caller, id);
        return new VolumeResponse(describe(id));
    }

    /** Marks a detached volume as destroyed; its data stays until it is deleted. May be repeated. */
    void destroy(Caller caller, long id) {
        Volume volume = detached(id);
        if (volume.state() == VolumeState.DESTROY) {
            return;
        }
        platform.transactions().run(() -> {
            if (!moved(volume, VolumeState.READY, VolumeState.DESTROY)
                    && !moved(volume, VolumeState.ALLOCATED, VolumeState.DESTROY)) {
                throw notUsable(volume);
            }
            events.volume(
                    EventTypes.EVENT_VOLUME_DESTROY, "Destroyed", caller.user().id(), volume);
        });
    }

    /** Takes the destruction of a volume back. */
    void recover(Caller caller, long id) {
        Volume volume = Require.found(stores.volumes().find(id), "volume", id);
        VolumeState before = volume.path() == null ? VolumeState.ALLOCATED : VolumeState.READY;
        platform.transactions().run(() -> {
            if (!moved(volume, VolumeState.DESTROY, before)) {
                throw Require.conflict(
                        "volume " + volume.name(),
                        "Volume " + volume.name() + " is " + volume.state().wireName()
                                + "; only a destroyed one can be recovered");
            }
            events.volume(
                    EventTypes.EVENT_VOLUME_RECOVER, "Recovered", caller.user().id(), volume);
        });
    }

    private Volume detached(long id) {
        Volume volume = Require.found(stores.volumes().find(id), "volume", id);
        if (volume.vmId() != null) {
            throw Require.conflict(
                    "volume " + volume.name(), "Volume " + volume.name() + " is attached to a VM; detach it first");
        }
        return volume;
    }

    private boolean moved(Volume volume, VolumeState from, VolumeState to) {
        return stores.volumes().transition(Set.of(volume.id()), from, to);
    }

    void rename(Caller caller, long id, @Nullable String name) {
        Volume volume = usable(id);
        platform.transactions().run(() -> {
            if (name != null) {
                stores.volumes().rename(id, Require.name("name", name));
            }
            events.volume(
                    EventTypes.EVENT_VOLUME_UPDATE, "Updated", caller.user().id(), volume);
        });
    }

    private Volume usable(long id) {
        Volume volume = Require.found(stores.volumes().find(id), "volume", id);
        if (!USABLE.contains(volume.state())) {
            throw notUsable(volume);
        }
        return volume;
    }

    private static RuntimeException notUsable(Volume volume) {
        return Require.conflict(
                "volume " + volume.name(),
                "Volume " + volume.name() + " is " + volume.state().wireName() + "; it must be Ready or Allocated");
    }

    private Vm changeableVm(long vmId) {
        Vm vm = Require.found(stores.vms().find(vmId), "VM", vmId);
        if (!SETTLED.contains(vm.state())) {
            throw Require.conflict(
                    "vm " + vm.name(),
                    "VM " + vm.name() + " is " + vm.state().wireName()
                            + "; its volumes can be changed when it is Running" + " or Stopped");
        }
        return vm;
    }
}
