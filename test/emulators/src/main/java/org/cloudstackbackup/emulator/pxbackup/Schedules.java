/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.cloudstackbackup.emulator.pxbackup.wire.ApiFailure;

/** The calls on backup schedules. */
final class Schedules {
    private static final String[] CHANGED = {
        "namespaces",
        "label_selectors",
        "include_resources",
        "volume_snapshot_class_mapping",
        "advanced_resource_label_selector",
        "ns_label_selectors",
        "csi_snapshot_class_name",
        "pre_exec_rule",
        "post_exec_rule"
    };
    private static final List<String> SELECTORS = List.of(
            "policy_ref",
            "include_objects",
            "exclude_objects",
            "include_filter",
            "exclude_filter",
            "cluster_scope",
            "backup_object_type",
            "filter_options");

    private final World world;
    private final Backups backups;
    private final ScheduleRun run;
    private final BackupDeletion deletion;

    Schedules(World world, Backups backups, ScheduleRun run, BackupDeletion deletion) {
        this.world = requireNonNull(world, "world is null");
        this.backups = requireNonNull(backups, "backups is null");
        this.run = requireNonNull(run, "run is null");
        this.deletion = requireNonNull(deletion, "deletion is null");
    }

    JsonObject create(Request request) {
        JsonObject body = request.body();
        Entity.Identity identity = world.identity(Kind.BACKUP_SCHEDULE, request.user(), body);
        Entity policy = world.resolve(
                Kind.SCHEDULE_POLICY,
                request.user(),
                identity.org(),
                Tree.object(body, "schedule_policy_ref"),
                Tree.text(body, "schedule_policy"));
        JsonObject info = backups.definition(request.user(), identity.org(), body);
        fits(policy, Tree.text(info, "backup_location_ref.uid"));
        info.add("schedule_policy_ref", policy.ref());
        info.addProperty("schedule_policy", policy.name());
        Tree.copy(body, info, "reclaim_policy", "parallel_backup");
        if (!info.has("reclaim_policy")) {
            info.addProperty("reclaim_policy", "Retain");
        }
        Schedule schedule = new Schedule(identity, world.now(), info);
        schedule.labels(Tree.object(body, "metadata.labels"));
        Access.firstOwnership(request.user(), schedule, body);
        schedule.status("Success", "");
        world.add(schedule);
        run.plan(schedule);
        return Tree.of("backup_schedule", view(schedule));
    }

    /** A bucket with object lock takes policies made for it, and only those. */
    private void fits(Entity policy, String locationUid) {
        boolean locked =
                world.byUid(Kind.BACKUP_LOCATION, locationUid) instanceof Location location && location.lockDays() > 0;
        if (locked != Tree.flag(policy.info(), "for_object_lock")) {
            throw ApiFailure.state("schedule policy [" + policy.name() + "] does not fit the backup location: "
                    + (locked ? "the location is object locked" : "the policy is for object locked locations"));
        }
    }

    JsonObject update(Request request) {
        JsonObject body = request.body();
        String name = Tree.text(body, "metadata.name");
        String org = world.requireOrg(Tree.text(body, "metadata.org_id"));
        if (!name.isEmpty()) {
            Schedule schedule = (Schedule)
                    world.find(Kind.BACKUP_SCHEDULE, request.user(), org, name, Tree.text(body, "metadata.uid"));
            Access.requireChange(request.user(), schedule, "update");
            change(schedule, request);
        } else {
            requireSelector(body);
            selected(request, org).forEach(each -> change(each, request));
        }
        return new JsonObject();
    }

    private void change(Schedule schedule, Request request) {
        JsonObject body = request.body();
        JsonObject info = schedule.info();
        Backups.ownership(world, request.user(), schedule, body);
        if (Tree.has(body, "metadata.labels")) {
            schedule.labels(Tree.object(body, "metadata.labels"));
        }
        Tree.copy(body, info, CHANGED);
        if (Tree.has(body, "reclaim_policy")) {
            info.add("reclaim_policy", body.get("reclaim_policy"));
        }
        info.addProperty("parallel_backup", Tree.flag(body, "parallel_backup"));
        info.addProperty("skip_vm_auto_exec_rules", Tree.flag(body, "skip_vm_auto_exec_rules"));
        refer(schedule, request, Kind.BACKUP_LOCATION, "backup_location_ref", "backup_location");
        refer(schedule, request, Kind.RULE, "pre_exec_rule_ref", "");
        refer(schedule, request, Kind.RULE, "post_exec_rule_ref", "");
        refer(schedule, request, Kind.VOLUME_RESOURCE_ONLY_POLICY, "volume_resource_only_policy_ref", "");
        String before = Tree.text(info, "schedule_policy_ref.uid");
        refer(schedule, request, Kind.SCHEDULE_POLICY, "schedule_policy_ref", "schedule_policy");
        remark(schedule, request);
        schedule.touch(world.now());
        boolean moved = !before.equals(Tree.text(info, "schedule_policy_ref.uid"));
        suspend(schedule, Tree.flag(body, "suspend"), moved);
    }

    private void refer(Schedule schedule, Request request, Kind kind, String field, String plain) {
        JsonObject ref = Tree.object(request.body(), field);
        String name = plain.isEmpty() ? "" : Tree.text(request.body(), plain);
        if (Tree.has(ref, "name") || Tree.has(ref, "uid") || !name.isEmpty()) {
            Entity found = world.resolve(kind, request.user(), schedule.org(), ref, name);
            schedule.info().add(field, found.ref());
            if (!plain.isEmpty()) {
                schedule.info().addProperty(plain, found.name());
            }
        }
    }

    private void remark(Schedule schedule, Request request) {
        if (Tree.has(request.body(), "remark")) {
            JsonObject remark = new JsonObject();
            remark.addProperty("comment", Tree.text(request.body(), "remark"));
            remark.addProperty("updated_by", request.user().id());
            remark.addProperty("updated_at", world.now().toString());
            schedule.info().add("remark", remark);
        }
    }

    /** An update without the flag resumes: absent and false are the same on the wire. */
    private void suspend(Schedule schedule, boolean wanted, boolean replan) {
        boolean changed = wanted != schedule.isSuspended();
        if (wanted) {
            schedule.info().addProperty("suspend", true);
            schedule.info().add("suspended_by", Tree.of("source", new com.google.gson.JsonPrimitive("User")));
        } else {
            schedule.info().remove("suspend");
            schedule.info().remove("suspended_by");
        }
        if (changed && world.line().has(2, 9)) {
            schedule.status(wanted ? "Suspending" : "Resuming", "");
            world.timeline().after(world.timings().suspend(), () -> {
                if (schedule.isSuspended() == wanted && !schedule.status().equals("Deleting")) {
                    schedule.status("Success", "");
                }
            });
        }
        if (changed || replan) {
            run.plan(schedule);
        }
    }

    JsonObject enumerate(Request request) {
        world.requireOrg(request.org());
        Enumeration enumeration = new Enumeration(Tree.object(request.body(), "enumerate_options"));
        Enumeration labels = new Enumeration(labels(request.body()));
        String location = Tree.text(request.body(), "backup_location_ref.uid");
        String locationName = Tree.text(request.body(), "backup_location_ref.name");
        return enumeration.page(
                Kind.BACKUP_SCHEDULE,
                world.all(Kind.BACKUP_SCHEDULE).stream()
                        .filter(each -> each.org().equals(request.org())
                                && Access.sees(request.user(), each)
                                && labels.matches(each)
                                && Tree.text(each.info(), "backup_location_ref.uid")
                                        .contains(location)
                                && (locationName.isEmpty()
                                        || locationName.equals(Tree.text(each.info(), "backup_location_ref.name")))),
                Schedules::view);
    }

    private static JsonObject labels(JsonObject body) {
        JsonObject options = new JsonObject();
        Tree.copy(body, options, "labels");
        return options;
    }

    JsonObject inspect(Request request) {
        return Tree.of("backup_schedule", view(named(request)));
    }

    JsonObject delete(Request request) {
        Schedule schedule = named(request);
        Access.requireChange(request.user(), schedule, "delete");
        delete(schedule);
        return new JsonObject();
    }

    /** With a name a single deletion; otherwise every schedule that the selectors name. */
    JsonObject deleteMany(Request request) {
        if (!request.name().isEmpty()) {
            return delete(request);
        }
        requireSelector(request.body());
        selected(request, request.org()).forEach(this::delete);
        return new JsonObject();
    }

    private void delete(Schedule schedule) {
        if (schedule.status().equals("Deleting")) {
            return;
        }
        schedule.status("Deleting", "");
        schedule.newPlan();
        world.timeline().after(world.timings().delete(), () -> {
            if (Tree.text(schedule.info(), "reclaim_policy").equals("Delete")) {
                run.runs(schedule, "").forEach(each -> deletion.request(each, each.clusterUid()));
            }
            world.remove(schedule);
        });
    }

    private Schedule named(Request request) {
        return (Schedule)
                world.find(Kind.BACKUP_SCHEDULE, request.user(), request.org(), request.name(), request.uid());
    }

    private static void requireSelector(JsonObject body) {
        if (SELECTORS.stream().noneMatch(body::has)) {
            throw ApiFailure.invalid("name or a selector is required");
        }
        boolean both = (body.has("include_filter") && body.has("include_objects"))
                || (body.has("exclude_filter") && body.has("exclude_objects"));
        if (both) {
            throw ApiFailure.invalid("a filter and a list of objects exclude each other");
        }
    }

    private List<Schedule> selected(Request request, String org) {
        return world.all(Kind.BACKUP_SCHEDULE).stream()
                .map(each -> (Schedule) each)
                .filter(each -> each.org().equals(org) && Access.level(request.user(), each) > 1)
                .filter(each -> isSelected(each, request.body()))
                .toList();
    }

    private static boolean isSelected(Schedule schedule, JsonObject body) {
        String type = Tree.text(body, "backup_object_type.type");
        boolean typed = type.equals("NS") ? !schedule.isVm() : !type.equals("VM") || schedule.isVm();
        return typed
                && listed(body, "policy_ref", Tree.object(schedule.info(), "schedule_policy_ref"))
                && listed(body, "include_objects", schedule.ref())
                && (!body.has("exclude_objects") || !listed(body, "exclude_objects", schedule.ref()))
                && (!body.has("include_filter") || fits(Tree.text(body, "include_filter"), schedule.name()))
                && (!body.has("exclude_filter") || !fits(Tree.text(body, "exclude_filter"), schedule.name()))
                && (!Tree.has(body, "cluster_scope.cluster_refs")
                        || listed(
                                Tree.object(body, "cluster_scope.cluster_refs"),
                                "refs",
                                Tree.object(schedule.info(), "cluster_ref")))
                && listed(
                        Tree.object(body, "filter_options.filter_options"),
                        "volume_resource_only_policy_ref",
                        Tree.object(schedule.info(), "volume_resource_only_policy_ref"));
    }

    private static boolean listed(JsonObject body, String field, JsonObject ref) {
        List<JsonObject> wanted = Tree.objects(body, field);
        return wanted.isEmpty()
                || wanted.stream()
                        .anyMatch(each -> Tree.has(each, "uid")
                                ? Tree.text(each, "uid").equals(Tree.text(ref, "uid"))
                                : Tree.text(each, "name").equals(Tree.text(ref, "name")));
    }

    private static boolean fits(String filter, String name) {
        if (filter.equals("*") || name.contains(filter)) {
            return true;
        }
        try {
            return Pattern.matches(filter, name);
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private static JsonObject view(Entity schedule) {
        JsonObject view = Tree.of("metadata", schedule.metadata());
        view.add("backup_schedule_info", schedule.info());
        return view;
    }
}
