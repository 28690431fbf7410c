/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Filters, sorts and cuts lists as EnumerateOptions say. */
final class Enumeration {
    private final JsonObject options;

    /** @param options an EnumerateOptions or CommonEnumerateOptions message */
    Enumeration(JsonObject options) {
        this.options = options;
    }

    boolean detailed() {
        return Tree.flag(options, "include_detailed_resources");
    }

    /** The page, with the number of all that match. */
    JsonObject page(Kind kind, Stream<? extends Entity> entities, Function<Entity, JsonObject> view) {
        List<? extends Entity> all =
                entities.filter(this::matches).sorted(order()).toList();
        int from = (int) Math.min(Tree.number(options, "object_index"), all.size());
        long most = Tree.number(options, "max_objects");
        int to = most == 0 ? all.size() : (int) Math.min(from + most, all.size());
        JsonArray page = new JsonArray();
        all.subList(from, to).forEach(each -> page.add(view.apply(each)));
        JsonObject answer = Tree.of(kind.many(), page);
        answer.addProperty("total_count", all.size());
        answer.addProperty("complete", to == all.size());
        return answer;
    }

    boolean matches(Entity entity) {
        return labels(entity) && names(entity) && time(entity) && states(entity) && contents(entity);
    }

    private boolean labels(Entity entity) {
        for (Map.Entry<String, JsonElement> each :
                Tree.object(options, "labels").entrySet()) {
            if (!each.getValue().equals(entity.labels().get(each.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private boolean names(Entity entity) {
        List<String> owners = Tree.texts(options, "owners");
        String cluster = entity.kind() == Kind.CLUSTER ? entity.name() : Tree.text(entity.info(), "cluster_ref.name");
        String clusterUid = entity.kind() == Kind.CLUSTER ? entity.uid() : Tree.text(entity.info(), "cluster_ref.uid");
        return entity.name().contains(Tree.text(options, "name_filter"))
                && (owners.isEmpty() || owners.contains(entity.owner()))
                && cluster.contains(Tree.text(options, "cluster_name_filter"))
                && clusterUid.contains(Tree.text(options, "cluster_uid_filter"));
    }

    private boolean time(Entity entity) {
        String start = Tree.text(options, "time_range.start_time");
        String end = Tree.text(options, "time_range.end_time");
        return (start.isEmpty() || !entity.created().isBefore(Instant.parse(start)))
                && (end.isEmpty() || !entity.created().isAfter(Instant.parse(end)));
    }

    private boolean states(Entity entity) {
        List<String> wanted = Tree.texts(options, "status");
        String type = Tree.text(options, "backup_object_type");
        String own = Tree.text(entity.info(), "backup_object_type.type");
        boolean isVm = own.equals("VirtualMachine");
        return (wanted.isEmpty() || wanted.contains(entity.status()))
                && (type.isEmpty() || type.equals("VirtualMachine") == isVm);
    }

    private boolean contents(Entity entity) {
        return references(entity, "schedule_policy_ref", "schedule_policy_ref")
                && references(entity, "backup_schedule_ref", "backup_schedule")
                && references(entity, "volume_resource_only_policy_ref", "volume_resource_only_policy_ref")
                && resource(entity);
    }

    private boolean references(Entity entity, String option, String field) {
        List<JsonObject> wanted = Tree.objects(options, option);
        if (wanted.isEmpty()) {
            return true;
        }
        JsonObject own = Tree.object(entity.info(), field);
        return wanted.stream().anyMatch(each -> same(each, own));
    }

    private static boolean same(JsonObject wanted, JsonObject own) {
        String uid = Tree.text(wanted, "uid");
        String name = Tree.text(wanted, "name");
        return (uid.isEmpty() || uid.equals(Tree.text(own, "uid")))
                && (name.isEmpty() || name.equals(Tree.text(own, "name")))
                && !(uid.isEmpty() && name.isEmpty());
    }

    private boolean resource(Entity entity) {
        JsonObject wanted = Tree.object(options, "resource_info");
        String volume = Tree.text(options, "vm_volume_name");
        if (!Tree.has(options, "resource_info") && volume.isEmpty()) {
            return true;
        }
        if (!(entity instanceof Backup backup)) {
            return false;
        }
        boolean withFailed = !Tree.flag(options, "exclude_failed_resource");
        return Resources.of(backup).stream().anyMatch(each -> fits(wanted, each) && (withFailed || good(backup, each)))
                && (volume.isEmpty() || owners(backup, volume).contains(Tree.text(wanted, "name")));
    }

    private static boolean fits(JsonObject wanted, JsonObject resource) {
        for (String field : List.of("name", "namespace", "kind", "version")) {
            String value = Tree.text(wanted, field);
            if (!value.isEmpty() && !value.equals(Tree.text(resource, field))) {
                return false;
            }
        }
        String group = Tree.text(wanted, "group");
        return group.isEmpty() || group.equals(Tree.text(resource, "group"));
    }

    private static boolean good(Backup backup, JsonObject resource) {
        return backup.machines().stream()
                .filter(each -> Resources.of(each).equals(resource))
                .allMatch(each -> BackupRun.failure(backup, each).isEmpty());
    }

    private static Set<String> owners(Backup backup, String volume) {
        Set<String> owners = new HashSet<>();
        for (Backup.Volume each : backup.volumes()) {
            if (each.claim().name().equals(volume) || each.claim().volumeName().equals(volume)) {
                owners.add(each.machine());
            }
        }
        return owners;
    }

    private Comparator<Entity> order() {
        Comparator<Entity> by = switch (Tree.text(options, "sort_option.sortBy.type")) {
            case "Name" -> Comparator.comparing(Entity::name);
            case "ClusterName" -> Comparator.comparing(each -> Tree.text(each.info(), "cluster_ref.name"));
            case "Size" -> Comparator.comparing(each -> Tree.number(each.info(), "total_size"));
            case "RestoreBackupName" -> Comparator.comparing(each -> Tree.text(each.info(), "backup_ref.name"));
            case "LastUpdateTimestamp" -> Comparator.comparing(Entity::updated);
            default -> Comparator.comparing(Entity::created);
        };
        boolean ascending = Tree.text(options, "sort_option.sortOrder.type").equals("Ascending");
        return (ascending ? by : by.reversed()).thenComparing(Entity::uid);
    }
}
