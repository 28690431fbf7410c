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
import com.google.gson.JsonPrimitive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.cloudstackbackup.emulator.kubevirt.Claim;
import org.cloudstackbackup.emulator.kubevirt.KubeCluster;
import org.cloudstackbackup.emulator.kubevirt.VirtualMachine;
import org.cloudstackbackup.emulator.kubevirt.VirtualMachine.Phase;

/** What happens to a restore after it was accepted. It deletes what it replaces before it brings anything back, as the product does. */
final class RestoreRun {
    private static final String RETAINED = "Retained";
    private static final String KEPT = "Existing object was retained because of the replace policy";

    private final World world;

    RestoreRun(World world) {
        this.world = requireNonNull(world, "world is null");
    }

    void accept(Restore restore) {
        restore.status("Pending", "");
        later(restore, 1, () -> prepare(restore));
    }

    private void prepare(Restore restore) {
        step(restore, "Preparing");
        Optional<KubeCluster> cluster = cluster(restore);
        if (cluster.isEmpty()) {
            end(restore, "Failed", "cluster is not reachable");
            return;
        }
        if (Tree.flag(restore.info(), "is_sfr")) {
            later(restore, 2, () -> files(restore, cluster.get()));
            return;
        }
        if (hangs(restore, cluster.get())) {
            after(
                    restore,
                    world.timings().restoreTimeout(),
                    () -> end(restore, "Failed", "timed out deleting a volume in use"));
            return;
        }
        if (world.mishaps().of(Mishap.Kind.STUCK_RESTORE, restore).isEmpty()) {
            later(restore, 1, () -> replace(restore, cluster.get()));
        }
    }

    /** A claim alone cannot be replaced while a machine uses it: its removal waits for the machine. */
    private static boolean hangs(Restore restore, KubeCluster cluster) {
        return restore.replaces()
                && restore.volumes().stream()
                        .filter(each -> restore.machines().stream()
                                .noneMatch(machine -> machine.name().equals(each.machine())))
                        .anyMatch(each -> cluster.inUse(
                                restore.target(each.claim().namespace()),
                                each.claim().name()));
    }

    private void replace(Restore restore, KubeCluster cluster) {
        step(restore, "Deleting");
        if (restore.replaces()) {
            for (VirtualMachine each : restore.machines()) {
                cluster.removeMachine(restore.target(each.namespace()), each.name());
            }
            for (Backup.Volume each : restore.volumes()) {
                cluster.removeClaim(
                        restore.target(each.claim().namespace()), each.claim().name());
            }
        }
        later(restore, 2, () -> copy(restore));
    }

    private void copy(Restore restore) {
        Optional<Mishap> failure = world.mishaps().of(Mishap.Kind.FAIL_RESTORE, restore);
        if (failure.isPresent()) {
            end(restore, "Failed", failure.get().reason());
            return;
        }
        step(restore, "Verifying");
        long bytes = restore.volumes().stream()
                .mapToLong(each -> each.claim().content().used())
                .sum();
        after(restore, world.timings().volumes(bytes), () -> apply(restore));
    }

    private void apply(Restore restore) {
        Optional<KubeCluster> cluster = cluster(restore);
        if (cluster.isEmpty()) {
            end(restore, "Failed", "cluster is not reachable");
            return;
        }
        step(restore, "Applying");
        List<Item> items = new ArrayList<>();
        JsonArray volumes = new JsonArray();
        long size = 0;
        for (Backup.Volume each : restore.volumes()) {
            String claim = each.claim().name();
            if (world.mishaps().of(Mishap.Kind.SILENT_LOSS, restore, claim).isPresent()) {
                continue;
            }
            Item item = volume(restore, cluster.get(), each.claim());
            items.add(item);
            items.add(new Item(
                    Resources.resource(each.claim().volumeName(), "", "core", "PersistentVolume"),
                    item.status,
                    item.reason));
            volumes.add(told(restore, cluster.get(), each.claim(), item));
            size += item.status.equals("Success") ? each.claim().size() : 0;
        }
        restore.info().add("volumes", volumes);
        restore.info().addProperty("total_size", size);
        later(restore, 2, () -> finish(restore, cluster.get(), items));
    }

    private Item volume(Restore restore, KubeCluster cluster, Claim claim) {
        String target = restore.target(claim.namespace());
        JsonObject resource = Resources.of(claim);
        Optional<Mishap> failure = world.mishaps().of(Mishap.Kind.FAIL_RESTORE_VOLUME, restore, claim.name());
        if (failure.isPresent()) {
            return new Item(resource, "Failed", failure.get().reason());
        }
        if (cluster.claim(target, claim.name()).isPresent()) {
            return new Item(resource, RETAINED, "PVC was skipped because of the replace policy");
        }
        String mapped = Tree.map(restore.info(), "storage_class_mapping").get(claim.storageClass());
        boolean generic = Tree.text(restore.backup().info(), "backup_type.type").equals("Generic");
        cluster.put(new Claim(
                target,
                claim.name(),
                UUID.randomUUID().toString(),
                claim.size(),
                mapped != null && generic ? mapped : claim.storageClass(),
                claim.provisioner(),
                claim.content()));
        return new Item(resource, "Success", "");
    }

    private static JsonObject told(Restore restore, KubeCluster cluster, Claim claim, Item item) {
        JsonObject told = new JsonObject();
        told.addProperty("pvc", claim.name());
        told.addProperty("source_namespace", claim.namespace());
        told.addProperty("source_volume", claim.volumeName());
        told.addProperty(
                "restore_volume",
                cluster.claim(restore.target(claim.namespace()), claim.name())
                        .filter(each -> item.status.equals("Success"))
                        .map(Claim::volumeName)
                        .orElse(""));
        told.add("status", Tree.status(item.status, item.reason));
        told.addProperty("driver_name", claim.provisioner().equals(Claim.PORTWORX) ? "pxd" : "csi");
        told.addProperty("total_size", claim.size());
        return told;
    }

    private void finish(Restore restore, KubeCluster cluster, List<Item> items) {
        for (VirtualMachine each : restore.machines()) {
            items.add(machine(restore, cluster, each));
            Resources.beside(each).forEach(beside -> items.add(new Item(beside, "Success", "")));
        }
        tell(restore, items);
        boolean whole = items.stream().allMatch(each -> each.status.equals("Success"));
        boolean none = !items.isEmpty() && items.stream().allMatch(each -> each.status.equals("Failed"));
        end(
                restore,
                whole ? "Success" : none ? "Failed" : "PartialSuccess",
                whole ? "" : "Some resources or volumes were not restored");
    }

    private Item machine(Restore restore, KubeCluster cluster, VirtualMachine machine) {
        String target = restore.target(machine.namespace());
        if (cluster.machine(target, machine.name()).isPresent()) {
            return new Item(Resources.of(machine), RETAINED, KEPT);
        }
        JsonObject options = Tree.object(restore.info(), "virtual_machine_restore_options");
        cluster.put(machine.restored(
                target, Tree.flag(options, "skip_mac_masking"), !Tree.flag(options, "skip_vm_restart")));
        return new Item(Resources.of(machine), "Success", "");
    }

    private static void tell(Restore restore, List<Item> items) {
        List<String> reasons = new ArrayList<>(List.of(""));
        Map<String, Map<String, List<Item>>> sorted = new LinkedHashMap<>();
        JsonArray resources = new JsonArray();
        for (Item each : items) {
            JsonObject told = each.resource.deepCopy();
            told.add("status", Tree.status(each.status, each.reason));
            resources.add(told);
            if (!reasons.contains(each.reason)) {
                reasons.add(each.reason);
            }
            sorted.computeIfAbsent(Tree.text(each.resource, "namespace"), key -> new LinkedHashMap<>())
                    .computeIfAbsent(Tree.text(each.resource, "kind"), key -> new ArrayList<>())
                    .add(each);
        }
        JsonArray namespaces = new JsonArray();
        sorted.forEach((namespace, types) -> namespaces.add(namespace(namespace, types, reasons)));
        JsonObject compressed = Tree.of("resources", namespaces);
        compressed.add("reasons", Tree.arrayOfTexts(reasons.size() == 1 ? List.of() : reasons));
        JsonObject info = restore.info();
        info.add("resources", resources);
        info.add("restore_resources", compressed);
        info.addProperty("resource_count", items.size());
        info.addProperty(
                "restored_resource_count",
                items.stream().filter(each -> each.status.equals("Success")).count());
    }

    private static JsonObject namespace(String namespace, Map<String, List<Item>> types, List<String> reasons) {
        JsonArray all = new JsonArray();
        types.forEach((type, items) -> {
            JsonArray infos = new JsonArray();
            for (Item each : items) {
                JsonObject named = new JsonObject();
                named.addProperty("name", Tree.text(each.resource, "name"));
                named.addProperty("reason_index", reasons.indexOf(each.reason));
                JsonObject info = Tree.of("status", new JsonPrimitive(each.status));
                info.add("resources", Tree.array(List.of(named)));
                infos.add(info);
            }
            JsonObject chunk = Tree.of("resource_infos", infos);
            chunk.addProperty("id", 1);
            chunk.addProperty("total_resources", items.size());
            JsonObject told = new JsonObject();
            told.addProperty("name", type);
            told.add("chunks", Tree.array(List.of(chunk)));
            all.add(told);
        });
        JsonObject told = new JsonObject();
        told.addProperty("namespace", namespace);
        told.add("resource_types", all);
        return told;
    }

    /** File restores change nothing that can be seen here; they only end well or not. */
    private void files(Restore restore, KubeCluster cluster) {
        String machine = Tree.text(restore.info(), "file_level_restore_info.virtual_machine_name");
        boolean runs = cluster.machines().stream()
                .anyMatch(each -> each.name().equals(machine)
                        && each.phase() == Phase.RUNNING
                        && !each.osName().contains("Windows"));
        String status = runs ? "Success" : "Failed";
        String reason = runs ? "" : "virtual machine " + machine + " is not running Linux";
        JsonArray files = new JsonArray();
        for (JsonObject each : Tree.objects(restore.info(), "file_level_restore_info.restore_files")) {
            JsonObject told = Tree.of("restore_file_info", Tree.object(each, "restore_file_info"));
            told.addProperty("duration", "1s");
            told.add("status", Tree.status(status, reason));
            files.add(told);
        }
        Tree.object(restore.info(), "file_level_restore_info").add("restore_files", files);
        end(restore, status, reason);
    }

    private void step(Restore restore, String step) {
        restore.status("InProgress", "");
        restore.info().add("restore_status", Tree.of("restore_status", new JsonPrimitive(step)));
        restore.touch(world.now());
    }

    private void end(Restore restore, String status, String reason) {
        restore.status(status, reason);
        restore.touch(world.now());
    }

    private void later(Restore restore, int steps, Runnable action) {
        after(restore, world.timings().restoreStep().multipliedBy(steps), action);
    }

    private void after(Restore restore, Duration delay, Runnable action) {
        world.timeline().after(delay, () -> {
            if (world.exists(restore) && !restore.status().equals("Deleting")) {
                action.run();
            }
        });
    }

    private Optional<KubeCluster> cluster(Restore restore) {
        return Optional.ofNullable((Cluster) world.byUid(Kind.CLUSTER, Tree.text(restore.info(), "cluster_ref.uid")))
                .filter(Cluster::isOnline)
                .map(Cluster::inventory);
    }

    private record Item(JsonObject resource, String status, String reason) {}
}
