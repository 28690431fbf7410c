/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.restore;

import static java.util.Objects.requireNonNull;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.call.Stopped;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.kube.ApiServer;
import org.cloudstackbackup.clusterexport.kube.ResourceType;
import org.cloudstackbackup.clusterexport.observe.JsonText;
import org.jspecify.annotations.Nullable;

/** Writes single objects by a conflict policy, for real or as a dry run. Safe for use by many threads. */
final class ObjectWriter {
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final int MOST_CHANGES = 5;

    /** Deleting one of these deletes what others stored, or takes the restore's own rights. */
    private static final Set<String> NEVER_DELETED = Set.of(
            "namespaces",
            "customresourcedefinitions.apiextensions.k8s.io",
            "persistentvolumes",
            "persistentvolumeclaims",
            "volumesnapshots.snapshot.storage.k8s.io",
            "volumesnapshotcontents.snapshot.storage.k8s.io",
            "volumegroupsnapshots.groupsnapshot.storage.k8s.io",
            "volumegroupsnapshotcontents.groupsnapshot.storage.k8s.io",
            "serviceaccounts",
            "roles.rbac.authorization.k8s.io",
            "rolebindings.rbac.authorization.k8s.io",
            "clusterroles.rbac.authorization.k8s.io",
            "clusterrolebindings.rbac.authorization.k8s.io");

    /** Groups whose objects only the cluster's own controllers look after; those of others may delete anything with them. */
    private static final Set<String> OWN_GROUPS = Set.of("", "apps", "batch", "autoscaling", "policy", "extensions");

    /** What controllers make in each new namespace, often before the restore comes to it. */
    private static final Set<String> MADE_BY_THE_CLUSTER =
            Set.of("serviceaccounts/default", "configmaps/kube-root-ca.crt", "configmaps/openshift-service-ca.crt");

    private final ApiServer server;
    private final Retry retry;
    private final ConflictPolicy conflicts;
    private final Attempt attempt;

    /** What was done, and the object's uid afterwards. */
    record Written(RestoreReport.Action action, String uid, String detail) {}

    ObjectWriter(ApiServer server, Retry retry, ConflictPolicy conflicts, Attempt attempt) {
        this.server = requireNonNull(server, "server is null");
        this.retry = requireNonNull(retry, "retry is null");
        this.conflicts = requireNonNull(conflicts, "conflicts is null");
        this.attempt = requireNonNull(attempt, "attempt is null");
    }

    /** Creates the object, or does with the one that is there what the policy says. */
    Written write(Prepared wanted, boolean dryRun) {
        Optional<Map<String, @Nullable Object>> live = get(wanted.path());
        return live.isEmpty()
                ? create(wanted, dryRun, RestoreReport.Action.CREATED, wanted.note())
                : meet(wanted, live.get(), dryRun);
    }

    private Written meet(Prepared wanted, Map<String, @Nullable Object> live, boolean dryRun) {
        Map<String, @Nullable Object> metadata = JsonTree.map(live, "metadata");
        String uid = JsonTree.text(metadata, "uid");
        if (conflicts != ConflictPolicy.UPDATE && isOurs(metadata)) {
            return new Written(
                    dryRun ? RestoreReport.Action.WOULD_CHANGE : RestoreReport.Action.CREATED, uid, wanted.note());
        }
        if (metadata.get("deletionTimestamp") != null) {
            return new Written(RestoreReport.Action.FAILED, uid, "it is there already, but it is being deleted");
        }
        boolean changes = conflicts == ConflictPolicy.UPDATE || conflicts == ConflictPolicy.RECREATE;
        if (changes && !wanted.moved().isEmpty()) {
            return new Written(RestoreReport.Action.SKIPPED, uid, wanted.moved());
        }
        return switch (conflicts) {
            case SKIP -> new Written(RestoreReport.Action.SKIPPED, uid, "it is there already");
            case FAIL -> {
                String name = wanted.type().qualifiedName() + "/" + JsonTree.text(wanted.metadata(), "name");
                yield MADE_BY_THE_CLUSTER.contains(name)
                        ? new Written(RestoreReport.Action.SKIPPED, uid, "the cluster makes it itself")
                        : new Written(RestoreReport.Action.FAILED, uid, "it is there already");
            }
            case UPDATE -> update(wanted, live, dryRun, wanted.note());
            case RECREATE -> replace(wanted, live, dryRun);
        };
    }

    private Written replace(Prepared wanted, Map<String, @Nullable Object> live, boolean dryRun) {
        String uid = JsonTree.text(JsonTree.map(live, "metadata"), "uid");
        String bound = LiveFields.bound(wanted.type().qualifiedName(), live);
        if (!bound.isEmpty()) {
            return new Written(RestoreReport.Action.SKIPPED, uid, "it is not recreated, as it is bound to " + bound);
        }
        return isPrecious(wanted.type())
                ? update(wanted, live, dryRun, "updated, as deleting it could delete what it holds")
                : recreate(wanted, uid, dryRun);
    }

    private static boolean isPrecious(ResourceType type) {
        boolean custom = !OWN_GROUPS.contains(type.group()) && !type.group().endsWith(".k8s.io");
        return custom || NEVER_DELETED.contains(type.qualifiedName());
    }

    /** Whether this restore wrote the object, perhaps in an attempt that was cut before it could note that. */
    private boolean isOurs(Map<String, @Nullable Object> metadata) {
        return JsonTree.maps(metadata, "managedFields").stream()
                .anyMatch(fields -> JsonTree.text(fields, "manager").equals(attempt.fieldManager()));
    }

    Optional<Map<String, @Nullable Object>> get(String path) {
        try {
            return Optional.of(retry.call("GET " + path, () -> server.get(path)));
        } catch (CallFailed e) {
            if (e.errorClass() == ErrorClass.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Written create(Prepared wanted, boolean dryRun, RestoreReport.Action action, String detail) {
        try {
            // What was deleted for it must be there again, whatever happened meanwhile.
            Runnable guard = action == RestoreReport.Action.RECREATED ? () -> {} : attempt::permitWrite;
            Map<String, @Nullable Object> answer =
                    send("POST", wanted.collection(), wanted, wanted.object(), dryRun, guard);
            String uid = JsonTree.text(JsonTree.map(answer, "metadata"), "uid");
            return new Written(dryRun ? RestoreReport.Action.WOULD_CREATE : action, uid, detail);
        } catch (CallFailed e) {
            if (e.errorClass() == ErrorClass.INVALID && isService(wanted) && releaseAddresses(wanted)) {
                return create(wanted, dryRun, action, "with a new address, as the old one is not free");
            }
            if (e.errorClass() == ErrorClass.CONFLICT) {
                return exists(wanted, dryRun, action, detail, e);
            }
            throw e;
        }
    }

    private static boolean isService(Prepared wanted) {
        return wanted.type().qualifiedName().equals("services");
    }

    private static boolean releaseAddresses(Prepared wanted) {
        return ObjectAdaptation.releaseAddresses(wanted.object());
    }

    /** Somebody made the object meanwhile: a controller, or the same call before, whose answer was lost. */
    private Written exists(
            Prepared wanted, boolean dryRun, RestoreReport.Action action, String detail, CallFailed refusal) {
        Map<String, @Nullable Object> live = get(wanted.path()).orElseThrow(() -> refusal);
        Map<String, @Nullable Object> metadata = JsonTree.map(live, "metadata");
        if (isOurs(metadata)) {
            return new Written(action, JsonTree.text(metadata, "uid"), detail);
        }
        if (action == RestoreReport.Action.RECREATED) {
            return update(wanted, live, dryRun, "deleted, and updated after something else had created it again");
        }
        return meet(wanted, live, dryRun);
    }

    /** Tries again with the newest version when something else changed the object meanwhile. */
    private Written update(Prepared wanted, Map<String, @Nullable Object> live, boolean dryRun, String detail) {
        Map<String, @Nullable Object> newest = live;
        String said = detail;
        for (int tries = 1; ; tries++) {
            try {
                send("PUT", wanted.path(), wanted, LiveFields.merged(wanted.object(), newest), dryRun);
                return new Written(
                        dryRun ? RestoreReport.Action.WOULD_CHANGE : RestoreReport.Action.UPDATED,
                        JsonTree.text(JsonTree.map(newest, "metadata"), "uid"),
                        said);
            } catch (CallFailed e) {
                if (e.errorClass() == ErrorClass.INVALID && isService(wanted) && releaseAddresses(wanted)) {
                    said = "with the ports it has, as the old ones are not free";
                    continue;
                }
                if (e.errorClass() != ErrorClass.CONFLICT || tries == MOST_CHANGES) {
                    throw e;
                }
                newest = get(wanted.path()).orElseThrow(() -> e);
            }
        }
    }

    /** Adds owners to an object that was written before; does nothing when it has them. */
    void own(Prepared written, String uid, List<Map<String, @Nullable Object>> owners) {
        for (int tries = 1; ; tries++) {
            Map<String, @Nullable Object> live = get(written.path())
                    .orElseThrow(() -> new CallFailed(ErrorClass.NOT_FOUND, "it is gone: " + written.path(), null));
            Map<String, @Nullable Object> metadata = JsonTree.map(live, "metadata");
            List<Map<String, @Nullable Object>> before = JsonTree.maps(metadata, "ownerReferences");
            List<Object> all = OwnerReferences.union(before, owners);
            if (all.size() == before.size()) {
                return;
            }
            if (!JsonTree.text(metadata, "uid").equals(uid)) {
                throw new CallFailed(ErrorClass.CONFLICT, "it is another object now: " + written.path(), null);
            }
            metadata.put("ownerReferences", all);
            try {
                send("PUT", written.path(), written, live, false);
                return;
            } catch (CallFailed e) {
                if (e.errorClass() != ErrorClass.CONFLICT || tries == MOST_CHANGES) {
                    throw e;
                }
            }
        }
    }

    /** Fails when the API server would refuse the object for another reason than that it is there. */
    private void prove(Prepared wanted) {
        Map<String, @Nullable Object> copy = JsonTree.readObject(JsonText.of(wanted.object()));
        if (JsonTree.text(copy, "kind").equals("Service")) {
            // The one that is there holds its addresses.
            ObjectAdaptation.releaseAddresses(copy);
        }
        try {
            send("POST", wanted.collection(), wanted, copy, true);
        } catch (CallFailed e) {
            if (e.errorClass() != ErrorClass.CONFLICT) {
                throw e;
            }
        }
    }

    private Written recreate(Prepared wanted, String uid, boolean dryRun) {
        prove(wanted);
        if (dryRun) {
            return new Written(RestoreReport.Action.WOULD_CHANGE, uid, "would be deleted and created");
        }
        delete(wanted.path());
        long end = System.nanoTime() + attempt.patience().toNanos();
        while (get(wanted.path()).filter(live -> isThat(live, uid)).isPresent()) {
            if (System.nanoTime() > end) {
                throw new CallFailed(
                        ErrorClass.CONFLICT,
                        "DELETE " + wanted.path() + " was accepted, but the object is still there",
                        null);
            }
            nap();
        }
        return create(wanted, false, RestoreReport.Action.RECREATED, wanted.note());
    }

    private static boolean isThat(Map<String, @Nullable Object> live, String uid) {
        return JsonTree.text(JsonTree.map(live, "metadata"), "uid").equals(uid);
    }

    /** Deletes an object, but nothing that it owns: that is taken over by the new one, or restored. */
    private void delete(String path) {
        try {
            retry.call("DELETE " + path, () -> {
                attempt.permitWrite();
                return server.write("DELETE", path, Map.of("propagationPolicy", "Orphan"), null);
            });
        } catch (CallFailed e) {
            // Gone already, by a call before whose answer was lost.
            if (e.errorClass() != ErrorClass.NOT_FOUND) {
                throw e;
            }
        }
    }

    private Map<String, @Nullable Object> send(
            String method, String path, Prepared wanted, Map<String, @Nullable Object> object, boolean dryRun) {
        return send(method, path, wanted, object, dryRun, attempt::permitWrite);
    }

    /** The guard runs before each attempt to write for real, and may throw to end it all. */
    private Map<String, @Nullable Object> send(
            String method,
            String path,
            Prepared wanted,
            Map<String, @Nullable Object> object,
            boolean dryRun,
            Runnable guard) {
        Map<String, String> parameters = wanted.parameters(attempt.fieldManager(), dryRun);
        return retry.call(method + " " + path, () -> {
            if (!dryRun) {
                guard.run();
            }
            return server.write(method, path, parameters, object);
        });
    }

    /** A name as a segment of a path; those of roles may hold what a URL reads otherwise. */
    static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static void nap() {
        try {
            Thread.sleep(LOOK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped("Stopped during the restore");
        }
    }
}
