/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import static java.util.Objects.requireNonNull;

import com.cloud.event.EventTypes;
import com.cloud.exception.PermissionDeniedException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.identity.Project;
import org.cloudstackbackup.framework.inventory.BackupUse;
import org.cloudstackbackup.framework.inventory.DiskOffering;
import org.cloudstackbackup.framework.inventory.ListedVm;
import org.cloudstackbackup.framework.inventory.MachineIdentity;
import org.cloudstackbackup.framework.inventory.Provisioning.NewDisk;
import org.cloudstackbackup.framework.inventory.Provisioning.NewVm;
import org.cloudstackbackup.framework.inventory.Template;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.inventory.VmFilter;
import org.cloudstackbackup.framework.inventory.VmState;
import org.cloudstackbackup.framework.inventory.Volume;
import org.cloudstackbackup.framework.inventory.VolumeType;
import org.jspecify.annotations.Nullable;

/** VMs as callers use them. Safe for use by many threads. */
final class VmService {
    private static final Set<VmState> SETTLED = EnumSet.of(VmState.RUNNING, VmState.STOPPED);

    private final InventoryStores stores;
    private final InventoryPlatform platform;
    private final VmProvisioning provisioning;
    private final BackupUse backups;
    private final InventoryEvents events;

    VmService(InventoryStores stores, InventoryPlatform platform, VmProvisioning provisioning, BackupUse backups) {
        this.stores = requireNonNull(stores, "stores is null");
        this.platform = requireNonNull(platform, "platform is null");
        this.provisioning = requireNonNull(provisioning, "provisioning is null");
        this.backups = requireNonNull(backups, "backups is null");
        this.events = new InventoryEvents(platform.events());
    }

    Page<ListedVm> list(VmFilter filter, PageRequest page) {
        return stores.vms().page(filter, page);
    }

    ListedVm describe(long vmId) {
        return Require.found(stores.vms().describe(vmId), "VM", vmId);
    }

    Optional<ListedVm> find(long vmId) {
        return stores.vms().describe(vmId);
    }

    /** Who shall own something: the account or project named, when the caller may act for it, else the caller's. */
    Owner ownerFor(Caller caller, @Nullable String accountName, @Nullable Long domainId, @Nullable Long projectId) {
        if (projectId != null) {
            if (accountName != null) {
                throw Require.user("projectid", "Give either parameter projectid, or account and domainid");
            }
            return projectOwner(caller, projectId);
        }
        if (accountName == null) {
            if (domainId != null) {
                throw Require.user("domainid", "Parameter domainid needs account beside it");
            }
            return new Owner(
                    caller.account().id(), caller.domain().id(), caller.domain().path());
        }
        long domain = domainId == null ? caller.domain().id() : domainId;
        Optional<Account> account = stores.accounts().findByName(accountName, domain);
        Optional<Owner> owner =
                account.flatMap(found -> stores.accounts().owner(found.id())).filter(caller::mayReach);
        return owner.orElseThrow(() -> new PermissionDeniedException(
                "Parameter account: there is no account " + accountName + " in that domain that the caller may use"));
    }

    private Owner projectOwner(Caller caller, long projectId) {
        Project project = Require.found(stores.projects().find(projectId), "project", projectId);
        Owner owner = stores.projects()
                .owner(projectId)
                .filter(caller::mayReach)
                .filter(found -> project.removed() == null)
                .orElseThrow(() -> Require.gone("project", project.name()));
        if (!project.isActive()) {
            throw Require.conflict(
                    "project " + project.name(),
                    "Project " + project.name() + " is " + project.state().wireName()
                            + ": nothing is made in it until it is activated");
        }
        return owner;
    }

    /** What to deploy; sizes in GiB. */
    record Deployment(
            String uuid,
            @Nullable String name,
            @Nullable String displayName,
            long zoneId,
            long serviceOfferingId,
            long templateId,
            @Nullable String account,
            @Nullable Long domainId,
            @Nullable Long projectId,
            List<Long> networkIds,
            Map<Long, String> addresses,
            @Nullable Long rootSize,
            List<DataDisk> dataDisks,
            Map<String, String> details) {}

    /** A data disk to deploy; the size, in GiB, is for customized offerings. */
    record DataDisk(long offeringId, @Nullable Long size) {}

    /** Adds the VM's rows; its data is made by {@link #finishDeployment}. */
    Vm deploy(Caller caller, Deployment deployment) {
        MachineIdentity.refuseFrom(caller, deployment.details());
        Owner owner = ownerFor(caller, deployment.account(), deployment.domainId(), deployment.projectId());
        Template template =
                Require.found(stores.templates().find(deployment.templateId()), "template", deployment.templateId());
        List<NewDisk> disks = new ArrayList<>();
        disks.add(new NewDisk(
                rootSize(template, deployment.rootSize()),
                provisioning.rootOffering().id()));
        for (DataDisk disk : deployment.dataDisks()) {
            disks.add(new NewDisk(sizeOf(disk.offeringId(), disk.size()), disk.offeringId()));
        }
        if (deployment.displayName() != null) {
            Require.name("displayname", deployment.displayName());
        }
        return provisioning.addRows(new NewVm(
                deployment.uuid(),
                deployment.name(),
                deployment.displayName(),
                deployment.zoneId(),
                owner.accountId(),
                deployment.serviceOfferingId(),
                deployment.templateId(),
                deployment.networkIds(),
                deployment.addresses(),
                disks,
                deployment.details()));
    }

    private static long rootSize(Template template, @Nullable Long gib) {
        if (gib == null) {
            return template.sizeBytes();
        }
        long bytes = Require.bytesOf("rootdisksize", gib);
        if (bytes < template.sizeBytes()) {
            throw Require.user(
                    "rootdisksize",
                    "Parameter rootdisksize: " + gib + " GiB is less than template " + template.name() + " needs, "
                            + template.sizeBytes() + " bytes");
        }
        return bytes;
    }

    /** The size of a volume of the offering, in bytes. */
    long sizeOf(long offeringId, @Nullable Long gib) {
        DiskOffering offering = Require.found(stores.diskOfferings().find(offeringId), "disk offering", offeringId);
        if (offering.removed() != null) {
            throw Require.gone("disk offering", offering.name());
        }
        if (!offering.customized()) {
            if (gib != null && gib * Require.GIB != offering.sizeBytes()) {
                throw Require.user(
                        "size",
                        "Parameter size: disk offering " + offering.name() + " has a size of its own, "
                                + offering.sizeBytes() / Require.GIB + " GiB");
            }
            return offering.sizeBytes();
        }
        if (gib == null) {
            throw Require.user(
                    "size",
                    "Disk offering " + offering.name() + " is customized: parameter size is needed, 1 to "
                            + Require.MAX_DISK_GIB + " GiB");
        }
        return Require.bytesOf("size", gib);
    }

    /** Makes the data and starts the VM when wanted. May be repeated. */
    void finishDeployment(Caller caller, long vmId, boolean start) {
        Vm vm = Require.found(stores.vms().find(vmId), "VM", vmId);
        provisioning.makeVolumes(vm);
        if (start) {
            provisioning.start(vmId, caller.user().id());
        }
        events.vm(EventTypes.EVENT_VM_CREATE, "Deployed", caller.user().id(), vm);
    }

    void start(Caller caller, long vmId) {
        provisioning.start(vmId, caller.user().id());
    }

    /** A no-op when it is stopped. */
    void stop(Caller caller, long vmId) {
        Vm vm = Require.found(stores.vms().find(vmId), "VM", vmId);
        if (vm.state() != VmState.STOPPED) {
            provisioning.move(
                    vm,
                    EnumSet.of(VmState.RUNNING),
                    VmState.STOPPED,
                    "stopped",
                    () -> events.vm(
                            EventTypes.EVENT_VM_STOP, "Stopped", caller.user().id(), vm));
        }
    }

    void reboot(Caller caller, long vmId) {
        Vm vm = Require.found(stores.vms().find(vmId), "VM", vmId);
        provisioning.move(
                vm,
                EnumSet.of(VmState.RUNNING),
                VmState.RUNNING,
                "rebooted",
                () -> events.vm(
                        EventTypes.EVENT_VM_REBOOT, "Rebooted", caller.user().id(), vm));
    }

    /** Marks the VM as destroyed, or removes it at once. A no-op when that was done. */
    void destroy(Caller caller, long vmId, boolean expunge, List<Long> volumeIds) {
        Optional<Vm> present = stores.vms().find(vmId);
        if (present.isEmpty()) {
            Require.found(stores.vms().findIncludingRemoved(vmId), "VM", vmId);
            return;
        }
        Vm vm = present.get();
        if (expunge) {
            refuseWithBackups(vm);
        }
        List<Volume> chosen = chosenVolumes(vm, volumeIds);
        if (vm.state() != VmState.DESTROYED && vm.state() != VmState.EXPUNGING) {
            provisioning.move(
                    vm,
                    EnumSet.of(VmState.RUNNING, VmState.STOPPED, VmState.ERROR),
                    VmState.DESTROYED,
                    "destroyed",
                    () -> events.vm(
                            EventTypes.EVENT_VM_DESTROY,
                            "Destroyed",
                            caller.user().id(),
                            vm));
        }
        chosen.forEach(provisioning::removeVolume);
        if (expunge) {
            expunge(caller, vmId);
        }
    }

    private List<Volume> chosenVolumes(Vm vm, List<Long> volumeIds) {
        List<Volume> attached = stores.volumes().ofVm(vm.id());
        List<Volume> chosen = new ArrayList<>();
        for (Long id : volumeIds) {
            Optional<Volume> volume =
                    attached.stream().filter(each -> each.id() == id).findFirst();
            if (volume.isEmpty() || volume.get().type() == VolumeType.ROOT) {
                if (stores.volumes().find(id).isPresent()) {
                    throw Require.user(
                            "volumeids",
                            "Parameter volumeids: only data volumes attached to VM " + vm.name() + " can be named");
                }
            } else {
                chosen.add(volume.get());
            }
        }
        if (!chosen.isEmpty()) {
            refuseWithBackups(vm);
        }
        return chosen;
    }

    /** Removes a destroyed VM. A no-op when that was done. */
    void expunge(Caller caller, long vmId) {
        Optional<Vm> present = stores.vms().find(vmId);
        if (present.isEmpty()) {
            Require.found(stores.vms().findIncludingRemoved(vmId), "VM", vmId);
            return;
        }
        Vm vm = present.get();
        refuseWithBackups(vm);
        if (vm.state() != VmState.DESTROYED && vm.state() != VmState.EXPUNGING && vm.state() != VmState.ERROR) {
            throw Require.conflict(
                    "vm " + vm.name(),
                    "VM " + vm.name() + " is " + vm.state().wireName()
                            + " and cannot be expunged; it must be Destroyed");
        }
        backups.release(caller, vmId);
        provisioning.move(
                vm,
                EnumSet.of(VmState.DESTROYED, VmState.ERROR, VmState.EXPUNGING),
                VmState.EXPUNGING,
                "expunged",
                () -> {});
        provisioning.remove(vm, false, caller.user().id());
    }

    private void refuseWithBackups(Vm vm) {
        if (backups.hasBackups(vm.id())) {
            throw Require.conflict(
                    "vm " + vm.name(),
                    "VM " + vm.name() + " has backups and cannot be expunged; delete them first (deleteBackup)");
        }
    }

    void recover(Caller caller, long vmId) {
        Vm vm = Require.found(stores.vms().find(vmId), "VM", vmId);
        provisioning.move(
                vm,
                EnumSet.of(VmState.DESTROYED),
                VmState.STOPPED,
                "recovered",
                () -> events.vm(
                        EventTypes.EVENT_VM_RECOVER, "Recovered", caller.user().id(), vm));
    }

    /** Changes what is not null. */
    void update(
            Caller caller,
            long vmId,
            @Nullable String name,
            @Nullable String displayName,
            @Nullable Map<String, String> details) {
        platform.transactions().run(() -> {
            Vm vm = Require.found(stores.vms().find(vmId), "VM", vmId);
            if (!SETTLED.contains(vm.state())) {
                throw Require.conflict(
                        "vm " + vm.name(),
                        "VM " + vm.name() + " is " + vm.state().wireName()
                                + " and cannot be changed; it must be Running or Stopped");
            }
            if (name != null && !name.equals(vm.name())) {
                checkNewName(vm, name);
            }
            if (displayName != null) {
                Require.name("displayname", displayName);
            }
            Map<String, String> replaced = details == null
                    ? null
                    : MachineIdentity.replace(caller, stores.vms().details(vmId), details);
            stores.vms().describe(vmId, name, displayName, replaced);
            events.vm(EventTypes.EVENT_VM_UPDATE, "Updated", caller.user().id(), vm);
        });
    }

    private void checkNewName(Vm vm, String name) {
        VmProvisioning.checkHostName(name);
        if (vm.state() != VmState.STOPPED) {
            throw Require.conflict(
                    "vm " + vm.name(),
                    "VM " + vm.name() + " is " + vm.state().wireName()
                            + "; its host name can be changed when it is Stopped");
        }
        if (stores.vms().nameTaken(name, vm.owner().accountId())) {
            throw Require.user("name", "The account has a VM named " + name + " already; names must be unique");
        }
    }
}
