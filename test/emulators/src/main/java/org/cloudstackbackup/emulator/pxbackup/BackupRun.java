/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.cloudstackbackup.emulator.kubevirt.Claim;
import org.cloudstackbackup.emulator.kubevirt.VirtualMachine;
import org.cloudstackbackup.emulator.kubevirt.VirtualMachine.Phase;

/** What happens to a backup after it was accepted, step by step on the virtual clock. */
final class BackupRun {
    private static final String SUCCESS = "Success";
    private static final String FAILED = "Failed";

    private final World world;
    private Consumer<Backup> afterwards = backup -> {};

    BackupRun(World world) {
        this.world = requireNonNull(world, "world is null");
    }

    /** Who is told when a backup has ended. */
    void afterwards(Consumer<Backup> listener) {
        afterwards = listener;
    }

    void accept(Backup backup) {
        backup.status("Pending", "");
        if (!stuck(backup, "Pending")) {
            later(backup, world.timings().pending(), () -> start(backup));
        }
    }

    private void start(Backup backup) {
        stage(backup, "InProgress", "Initial", "");
        Optional<Cluster> cluster = cluster(backup);
        String refusal = cluster.map(each -> refusal(backup, each)).orElse("cluster is not registered any more");
        if (!refusal.isEmpty()) {
            end(backup, FAILED, refusal);
            return;
        }
        select(backup, cluster.orElseThrow());
        if (backup.machines().isEmpty() && backup.volumes().isEmpty()) {
            boolean partly = backup.info().has("missing_namespaces");
            end(backup, partly ? "PartialSuccess" : SUCCESS, partly ? "some namespaces are missing" : "");
            return;
        }
        boolean freezes = backup.isVm() && !Tree.flag(backup.info(), "skip_vm_auto_exec_rules");
        Duration freeze = freezes
                ? world.timings().freeze().multipliedBy(backup.machines().size())
                : Duration.ZERO;
        if (freezes) {
            stage(backup, "InProgress", "PreExecRule", "");
        }
        later(backup, freeze, () -> volumes(backup));
    }

    /** What the engine refuses when it looks at the definition; empty when nothing. */
    private String refusal(Backup backup, Cluster cluster) {
        JsonObject info = backup.info();
        if (!cluster.isOnline()) {
            return "cluster " + cluster.name() + " is " + cluster.status();
        }
        if (backup.isVm() && !Tree.texts(info, "resource_types").isEmpty()) {
            return "resource types are not supported for VirtualMachine backups";
        }
        boolean rules = Tree.has(info, "pre_exec_rule_ref") || Tree.has(info, "post_exec_rule_ref");
        if (backup.isVm() && rules && !Tree.flag(info, "skip_vm_auto_exec_rules")) {
            return "pre or post exec rules with VirtualMachine backups need skip_vm_auto_exec_rules";
        }
        Backup.Origin origin = backup.origin();
        if (origin != null && world.byUid(Kind.BACKUP_LOCATION, backup.locationUid()) instanceof Location location) {
            long needed = PolicyTimes.lockDays(origin.schedule().policy(world), origin.kind());
            if (location.lockDays() < needed) {
                return "insufficient retention: the bucket keeps objects for " + location.lockDays()
                        + " days, the policy needs " + needed;
            }
        }
        List<String> missing = new BackupSelection(info, cluster.inventory()).missing();
        boolean goesOn = backup.origin() != null && world.line().has(2, 10);
        if (!missing.isEmpty() && !goesOn) {
            return "failed to get target namespace: namespaces \"" + missing.get(0) + "\" not found";
        }
        return "";
    }

    private void select(Backup backup, Cluster cluster) {
        BackupSelection selection = new BackupSelection(backup.info(), cluster.inventory());
        if (!selection.missing().isEmpty()) {
            backup.info().add("missing_namespaces", Tree.arrayOfTexts(selection.missing()));
        }
        if (world.mishaps().of(Mishap.Kind.SILENT_EMPTY, backup).isPresent()) {
            return;
        }
        if (backup.isVm()) {
            backup.machines(selection.machines());
        } else {
            backup.machines(selection.objects());
            backup.volumes(selection.claims().stream()
                    .map(claim -> new Backup.Volume(claim, owner(backup.machines(), claim), "", "", 0, 0))
                    .toList());
        }
    }

    private void volumes(Backup backup) {
        Optional<Mishap> abort = world.mishaps().of(Mishap.Kind.ABORT, backup);
        if (abort.isPresent()) {
            end(backup, "Aborted", abort.get().reason());
            return;
        }
        stage(backup, "InProgress", "Volumes", "");
        if (stuck(backup, "InProgress")) {
            return;
        }
        Optional<Cluster> cluster = cluster(backup);
        if (cluster.isEmpty() || !cluster.get().isOnline()) {
            end(backup, FAILED, "cluster is not reachable");
            return;
        }
        capture(backup, cluster.get());
        backup.info().add("volumes", volumes(backup, "InProgress"));
        if (stuck(backup, "Captured")) {
            backup.status("Captured", "");
            return;
        }
        long bytes = backup.volumes().stream().mapToLong(Backup.Volume::stored).sum();
        later(backup, world.timings().volumes(bytes), () -> applications(backup));
    }

    /** Takes the content as it is now: this is the moment the backup is of. */
    private void capture(Backup backup, Cluster cluster) {
        List<Backup.Volume> volumes = new ArrayList<>();
        if (backup.isVm()) {
            for (VirtualMachine machine : backup.machines()) {
                String unfrozen = freezeFailure(backup, machine);
                for (String name : machine.claims()) {
                    cluster.inventory()
                            .claim(machine.namespace(), name)
                            .ifPresent(claim -> volume(backup, claim, machine.name(), unfrozen, volumes));
                }
            }
        } else {
            for (Backup.Volume chosen : backup.volumes()) {
                cluster.inventory()
                        .claim(chosen.claim().namespace(), chosen.claim().name())
                        .ifPresent(claim -> volume(backup, claim, chosen.machine(), "", volumes));
            }
        }
        backup.volumes(volumes);
    }

    private String freezeFailure(Backup backup, VirtualMachine machine) {
        boolean freezes = !Tree.flag(backup.info(), "skip_vm_auto_exec_rules")
                && machine.phase() == Phase.RUNNING
                && machine.agent()
                && !machine.claims().isEmpty();
        return freezes
                ? world.mishaps()
                        .of(Mishap.Kind.FAIL_FREEZE, backup, machine.name())
                        .map(Mishap::reason)
                        .orElse("")
                : "";
    }

    private void volume(Backup backup, Claim claim, String machine, String unfrozen, List<Backup.Volume> volumes) {
        if (onlyMetadata(backup, claim)
                || world.mishaps()
                        .of(Mishap.Kind.SILENT_LEFT_OUT, backup, claim.name())
                        .isPresent()) {
            return;
        }
        String failure = unfrozen.isEmpty()
                ? world.mishaps()
                        .of(Mishap.Kind.FAIL_VOLUME, backup, claim.name())
                        .map(Mishap::reason)
                        .orElse("")
                : unfrozen;
        Optional<Link> link = failure.isEmpty() ? previous(backup, claim) : Optional.empty();
        long full = claim.content().used();
        volumes.add(link.map(each -> new Backup.Volume(
                        claim,
                        machine,
                        failure,
                        each.backup().uid(),
                        each.volume().depth() + 1,
                        Math.min(
                                full,
                                claim.content().written()
                                        - each.volume().claim().content().written())))
                .orElseGet(() -> new Backup.Volume(claim, machine, failure, "", 0, failure.isEmpty() ? full : 0)));
    }

    /** A volume-resource-only policy keeps a volume's data out of the backup. */
    private boolean onlyMetadata(Backup backup, Claim claim) {
        Entity policy = world.byUid(
                Kind.VOLUME_RESOURCE_ONLY_POLICY, Tree.text(backup.info(), "volume_resource_only_policy_ref.uid"));
        if (policy == null) {
            return false;
        }
        List<String> types = Tree.texts(policy.info(), "volume_types");
        if (claim.provisioner().equals(Claim.PORTWORX)) {
            return types.contains("Portworx");
        }
        List<String> drivers = Tree.texts(policy.info(), "csi_drivers");
        return types.contains("Csi") && (drivers.isEmpty() || drivers.contains(claim.provisioner()));
    }

    /** The newest backup of the same schedule to which this volume can be an increment. */
    private Optional<Link> previous(Backup backup, Claim claim) {
        Backup.Origin origin = backup.origin();
        if (origin == null || !isPortworx(backup, claim)) {
            return Optional.empty();
        }
        long most = origin.schedule().incrementals(world, origin.kind());
        Link best = null;
        for (Entity each : world.all(Kind.BACKUP)) {
            Backup other = (Backup) each;
            if (other == backup
                    || other.origin() == null
                    || other.origin().schedule() != origin.schedule()
                    || !Set.of(SUCCESS, "PartialSuccess").contains(other.status())) {
                continue;
            }
            for (Backup.Volume volume : other.volumes()) {
                if (volume.isStored() && volume.claim().uid().equals(claim.uid())) {
                    best = new Link(other, volume); // objects come oldest first
                }
            }
        }
        return Optional.ofNullable(best).filter(found -> found.volume().depth() < most);
    }

    private void applications(Backup backup) {
        if (cluster(backup).map(Cluster::isOnline).orElse(false)) {
            backup.info().add("volumes", volumes(backup, SUCCESS));
            completed(backup, "volumes_completion_time");
            stage(backup, "InProgress", "Applications", "Application resources backup is in progress");
            later(backup, world.timings().applications(), () -> finish(backup));
        } else {
            end(backup, FAILED, "cluster is not reachable");
        }
    }

    private void finish(Backup backup) {
        describe(backup);
        Optional<Mishap> upload = world.mishaps().of(Mishap.Kind.FAIL_UPLOAD, backup);
        if (upload.isPresent()) {
            end(backup, FAILED, upload.get().reason());
            return;
        }
        completed(backup, "resources_completion_time");
        String status = outcome(backup);
        String reason = switch (status) {
            case FAILED -> "Volume backups failed";
            case SUCCESS -> "";
            default -> "Some volumes or virtual machines were not backed up";
        };
        end(backup, status, reason);
    }

    private String outcome(Backup backup) {
        boolean machineRule = backup.isVm() && world.line().has(2, 11);
        long parts = machineRule ? backup.machines().size() : backup.volumes().size();
        long failed = machineRule
                ? backup.machines().stream()
                        .filter(each -> !failure(backup, each).isEmpty())
                        .count()
                : backup.volumes().stream().filter(each -> !each.isStored()).count();
        boolean frozenAlone = world.line().has(2, 9)
                || backup.machines().stream()
                        .allMatch(each -> world.mishaps()
                                .of(Mishap.Kind.FAIL_FREEZE, backup, each.name())
                                .isEmpty());
        if (failed > 0 && (failed == parts || !frozenAlone)) {
            return FAILED;
        }
        return failed > 0 || backup.info().has("missing_namespaces") ? "PartialSuccess" : SUCCESS;
    }

    /** Why a machine is not wholly in the backup; empty when it is. */
    static String failure(Backup backup, VirtualMachine machine) {
        return backup.volumes().stream()
                .filter(each -> each.machine().equals(machine.name())
                        && each.claim().namespace().equals(machine.namespace()))
                .map(Backup.Volume::failure)
                .filter(each -> !each.isEmpty())
                .findFirst()
                .orElse("");
    }

    private void describe(Backup backup) {
        JsonObject info = backup.info();
        JsonArray machines = new JsonArray();
        long failed = 0;
        for (VirtualMachine each : backup.isVm() ? backup.machines() : List.<VirtualMachine>of()) {
            String failure = failure(backup, each);
            failed += failure.isEmpty() ? 0 : 1;
            JsonObject machine = new JsonObject();
            machine.addProperty("name", each.name());
            machine.addProperty("namespace", each.namespace());
            machine.addProperty("os_name", each.osName());
            machine.add("status", Tree.status(failure.isEmpty() ? SUCCESS : FAILED, failure));
            machines.add(machine);
        }
        info.add("virtual_machines", machines);
        info.addProperty("virtual_machines_total_count", machines.size());
        info.addProperty("virtual_machines_failed_count", failed);
        info.addProperty(
                "failed_vol_count",
                backup.volumes().stream().filter(each -> !each.isStored()).count());
        List<JsonObject> resources = Resources.of(backup);
        info.add("resources", Tree.array(resources));
        info.addProperty("resource_count", resources.size());
        info.addProperty(
                "total_size",
                backup.volumes().stream()
                        .filter(Backup.Volume::isStored)
                        .mapToLong(Backup.Volume::stored)
                        .sum());
        Resources.compressed(backup, info);
    }

    /** Tells of a backup that is given as it is, as if it had run; what does not differ is told once, in common. */
    void describeSeeded(Backup backup, JsonObject common) {
        if (!common.has("virtual_machines")) {
            describe(backup);
            Tree.share(
                    backup.info(),
                    common,
                    "virtual_machines",
                    "virtual_machines_total_count",
                    "resources",
                    "resource_count",
                    "total_size",
                    "virtual_machine_resources",
                    "vm_resources");
        }
    }

    /** The volumes of a seeded backup, which are told anew each time: kept for very many backups they would fill the memory. */
    JsonArray seededVolumes(Backup backup) {
        return volumes(backup, SUCCESS);
    }

    private JsonArray volumes(Backup backup, String status) {
        JsonArray all = new JsonArray();
        for (Backup.Volume each : backup.volumes()) {
            all.add(volume(backup, each, each.isStored() ? status : FAILED));
        }
        return all;
    }

    private JsonObject volume(Backup backup, Backup.Volume volume, String status) {
        Claim claim = volume.claim();
        boolean portworx = isPortworx(backup, claim);
        boolean generic = Tree.text(backup.info(), "backup_type.type").equals("Generic");
        JsonObject told = new JsonObject();
        told.addProperty("name", claim.volumeName());
        told.addProperty("namespace", claim.namespace());
        told.addProperty("pvc", claim.name());
        told.addProperty("pvc_id", claim.uid());
        told.addProperty("virtual_machine_name", volume.machine());
        told.add("status", Tree.status(status, volume.failure()));
        told.addProperty("driver_name", generic ? "kdmp" : portworx ? "pxd" : "csi");
        told.addProperty("total_size", claim.size());
        told.addProperty("storage_class", claim.storageClass());
        told.addProperty("provisioner", claim.provisioner());
        if (volume.isStored() && status.equals(SUCCESS)) {
            told.addProperty("actual_size", volume.stored());
            String id = Tree.text(backup.info(), "backup_path") + "/" + claim.uid();
            told.addProperty("backup_id", volume.parent().isEmpty() ? id : id + "-incr");
        }
        String mode = portworx ? volume.parent().isEmpty() ? "Full" : "Incremental" : "NotSupported";
        told.add("backup_mode", Tree.type(mode));
        return told;
    }

    private static boolean isPortworx(Backup backup, Claim claim) {
        return claim.provisioner().equals(Claim.PORTWORX)
                && !Tree.text(backup.info(), "backup_type.type").equals("Generic");
    }

    private void end(Backup backup, String status, String reason) {
        backup.info().addProperty("stage", "Final");
        backup.status(status, reason);
        backup.touch(world.now());
        completed(backup, "total_completion_time");
        if (!backup.info().has("virtual_machines")) {
            if (status.equals(FAILED) || status.equals("Aborted")) {
                backup.machines(List.of());
                backup.volumes(List.of());
            }
            describe(backup);
        }
        afterwards.accept(backup);
    }

    private void stage(Backup backup, String status, String stage, String reason) {
        backup.status(status, reason);
        backup.info().addProperty("stage", stage);
        backup.touch(world.now());
    }

    private void completed(Backup backup, String what) {
        JsonObject times = Tree.object(backup.info(), "completion_time_info");
        times.addProperty(what, world.now().toString());
        backup.info().add("completion_time_info", times);
    }

    private boolean stuck(Backup backup, String state) {
        return world.mishaps().of(Mishap.Kind.STUCK, backup, state).isPresent();
    }

    private void later(Backup backup, Duration delay, Runnable step) {
        int run = backup.run();
        world.timeline().after(delay, () -> {
            if (world.exists(backup) && backup.run() == run) {
                step.run();
            }
        });
    }

    private Optional<Cluster> cluster(Backup backup) {
        return Optional.ofNullable((Cluster) world.byUid(Kind.CLUSTER, backup.clusterUid()));
    }

    private static String owner(List<VirtualMachine> machines, Claim claim) {
        return machines.stream()
                .filter(each -> each.namespace().equals(claim.namespace())
                        && each.claims().contains(claim.name()))
                .map(VirtualMachine::name)
                .collect(Collectors.joining());
    }

    private record Link(Backup backup, Backup.Volume volume) {}
}
