/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.pxbackup.client.BackupDetails;
import org.cloudstackbackup.pxbackup.client.BackupMachine;
import org.cloudstackbackup.pxbackup.client.BackupVolume;
import org.cloudstackbackup.pxbackup.client.DetailContainer;
import org.cloudstackbackup.pxbackup.client.MachineDetails;
import org.cloudstackbackup.pxbackup.client.MachineList;
import org.cloudstackbackup.pxbackup.client.ResourceDetails;
import org.cloudstackbackup.pxbackup.client.ResourceInfo;
import org.cloudstackbackup.pxbackup.client.StatusInfo;
import org.cloudstackbackup.pxbackup.client.VolumeDetails;
import org.jspecify.annotations.Nullable;

/** A machine, a volume or another object in a backup. */
@SuppressWarnings("UnusedVariable")
public final class PxBackupResourceResponse extends BaseResponse {
    @SerializedName("type")
    @Param(description = "VirtualMachine, Volume or Resource")
    private @Nullable String type;

    @SerializedName("name")
    @Param(description = "name; of a volume the name of its claim")
    private @Nullable String name;

    @SerializedName("namespace")
    @Param(description = "namespace")
    private @Nullable String namespace;

    @SerializedName("virtualmachine")
    @Param(description = "the machine that it belongs to")
    private @Nullable String virtualMachine;

    @SerializedName("group")
    @Param(description = "API group of an object")
    private @Nullable String group;

    @SerializedName("kind")
    @Param(description = "kind of an object")
    private @Nullable String kind;

    @SerializedName("version")
    @Param(description = "API version of an object")
    private @Nullable String version;

    @SerializedName("osname")
    @Param(description = "guest system of a machine")
    private @Nullable String osName;

    @SerializedName("status")
    @Param(description = "state in the backup")
    private @Nullable String status;

    @SerializedName("reason")
    @Param(description = "why it is in that state")
    private @Nullable String reason;

    @SerializedName("size")
    @Param(description = "bytes of a volume")
    private @Nullable Long size;

    @SerializedName("storedsize")
    @Param(description = "bytes of a volume that the backup stores")
    private @Nullable Long storedSize;

    @SerializedName("backupmode")
    @Param(description = "Full or Incremental, of a volume")
    private @Nullable String backupMode;

    @SerializedName("storageclass")
    @Param(description = "storage class of a volume")
    private @Nullable String storageClass;

    PxBackupResourceResponse(String type, Named named, @Nullable StatusInfo status) {
        super("pxbackupresource");
        this.type = type;
        this.name = named.name;
        this.namespace = named.namespace;
        this.virtualMachine = named.virtualMachine;
        this.status = Shown.status(status);
        this.reason = Shown.reason(status);
    }

    /** Everything in a backup: each machine with what belongs to it, then what belongs to none. */
    static List<PxBackupResourceResponse> all(BackupDetails details) {
        List<PxBackupResourceResponse> all = new ArrayList<>();
        DetailContainer container = details.resourceDetails();
        MachineList machines = container == null ? null : container.virtualMachineList();
        for (MachineDetails machine : machines == null ? List.<MachineDetails>of() : machines.virtualMachines()) {
            BackupMachine info = machine.vmInfo();
            String namespace = info == null ? null : info.namespace();
            String name = info == null ? null : info.name();
            if (info != null) {
                all.add(of(info));
            }
            machine.volumes().forEach(each -> all.add(of(each, namespace, name)));
            machine.resources().forEach(each -> all.add(of(each, namespace, name)));
        }
        if (machines == null || machines.virtualMachines().isEmpty()) {
            details.volumes().forEach(each -> all.add(of(each)));
            details.resources().forEach(each -> all.add(of(each)));
        }
        return all;
    }

    static PxBackupResourceResponse of(BackupMachine machine) {
        PxBackupResourceResponse shown = new PxBackupResourceResponse(
                "VirtualMachine", new Named(machine.name(), machine.namespace(), null), machine.status());
        shown.osName = machine.osName();
        return shown;
    }

    private static PxBackupResourceResponse of(
            VolumeDetails volume, @Nullable String namespace, @Nullable String machine) {
        PxBackupResourceResponse shown =
                new PxBackupResourceResponse("Volume", new Named(volume.name(), namespace, machine), volume.status());
        shown.size = volume.size();
        shown.backupMode = Shown.type(volume.backupMode());
        return shown;
    }

    private static PxBackupResourceResponse of(
            ResourceDetails resource, @Nullable String namespace, @Nullable String machine) {
        PxBackupResourceResponse shown = new PxBackupResourceResponse(
                "Resource", new Named(resource.name(), namespace, machine), resource.status());
        shown.group = resource.group();
        shown.kind = resource.kind();
        shown.version = resource.version();
        return shown;
    }

    static PxBackupResourceResponse of(BackupVolume volume) {
        PxBackupResourceResponse shown = new PxBackupResourceResponse(
                "Volume",
                new Named(Shown.either(volume.pvc(), volume.name()), volume.namespace(), volume.virtualMachineName()),
                volume.status());
        shown.size = volume.totalSize();
        shown.storedSize = volume.actualSize();
        shown.backupMode = Shown.type(volume.backupMode());
        shown.storageClass = volume.storageClass();
        return shown;
    }

    static PxBackupResourceResponse of(ResourceInfo resource) {
        PxBackupResourceResponse shown =
                new PxBackupResourceResponse("Resource", new Named(resource.name(), resource.namespace(), null), null);
        shown.group = resource.group();
        shown.kind = resource.kind();
        shown.version = resource.version();
        return shown;
    }

    /** Whether its name, or that of the machine it belongs to, has this in it. */
    boolean isNamed(String part) {
        String wanted = part.toLowerCase(Locale.ROOT);
        return (name != null && name.toLowerCase(Locale.ROOT).contains(wanted))
                || (virtualMachine != null
                        && virtualMachine.toLowerCase(Locale.ROOT).contains(wanted));
    }

    /** What an entry is called. */
    private record Named(
            @Nullable String name,
            @Nullable String namespace,
            @Nullable String virtualMachine) {}
}
