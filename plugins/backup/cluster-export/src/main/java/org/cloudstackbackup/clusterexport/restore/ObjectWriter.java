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
import java.util.LinkedHashMap;
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
    private static final Duration LONGEST_DELETION = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final String MANAGER = "cluster-export";

    /** Deleting one of these deletes what others stored. */
    private static final Set<String> NEVER_DELETED = Set.of(
            "namespaces",
            "customresourcedefinitions.apiextensions.k8s.io",
            "persistentvolumes",
            "persistentvolumeclaims");

    private final ApiServer server;
    private final Retry retry;
    private final ConflictPolicy conflicts;

    /** What was done, and the object's uid afterwards. */
    record Written(RestoreReport.Action action, String uid, String detail) {}

    ObjectWriter(ApiServer server, Retry retry, ConflictPolicy conflicts) {
        this.server = requireNonNull(server, "server is null");
        this.retry = requireNonNull(retry, "retry is null");
        this.conflicts = requireNonNull(conflicts, "conflicts is null");
    }

    /** Creates the object, or does with the one that is there what the policy says. */
    Written write(ResourceType type, Map<String, @Nullable Object> object, boolean dryRun) {
        Map<String, @Nullable Object> metadata = JsonTree.map(object, "metadata");
        String collection = type.path(JsonTree.text(metadata, "namespace"));
        String path = collection + "/" + segment(JsonTree.text(metadata, "name"));
        Optional<Map<String, @Nullable Object>> live = get(path);
        if (live.isEmpty()) {
            return create(collection, object, dryRun, RestoreReport.Action.CREATED, "");
        }
        Map<String, @Nullable Object> liveMetadata = JsonTree.map(live.get(), "metadata");
        String uid = JsonTree.text(liveMetadata, "uid");
        boolean precious = conflicts == ConflictPolicy.RECREATE && NEVER_DELETED.contains(type.qualifiedName());
        return switch (precious ? ConflictPolicy.UPDATE : conflicts) {
            case SKIP -> new Written(RestoreReport.Action.SKIPPED, uid, "it is there already");
            case FAIL -> new Written(RestoreReport.Action.FAILED, uid, "it is there already");
            case UPDATE -> update(path, object, live.get(), dryRun);
            case RECREATE -> recreate(collection, path, object, uid, dryRun);
        };
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

    private Written create(
            String collection,
            Map<String, @Nullable Object> object,
            boolean dryRun,
            RestoreReport.Action action,
            String detail) {
        try {
            Map<String, @Nullable Object> answer = send("POST", collection, object, dryRun);
            String uid = JsonTree.text(JsonTree.map(answer, "metadata"), "uid");
            return new Written(dryRun ? RestoreReport.Action.WOULD_CREATE : action, uid, detail);
        } catch (CallFailed e) {
            boolean service = JsonTree.text(object, "kind").equals("Service");
            if (e.errorClass() == ErrorClass.INVALID && service && ObjectAdaptation.releaseAddresses(object)) {
                return create(collection, object, dryRun, action, "with a new address, as the old one is not free");
            }
            throw e;
        }
    }

    private Written update(
            String path, Map<String, @Nullable Object> object, Map<String, @Nullable Object> live, boolean dryRun) {
        Map<String, @Nullable Object> liveMetadata = JsonTree.map(live, "metadata");
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(object);
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>(JsonTree.map(object, "metadata"));
        metadata.put("resourceVersion", liveMetadata.get("resourceVersion"));
        changed.put("metadata", metadata);
        keepLive(changed, object, live);
        send("PUT", path, changed, dryRun);
        return new Written(
                dryRun ? RestoreReport.Action.WOULD_CHANGE : RestoreReport.Action.UPDATED,
                JsonTree.text(liveMetadata, "uid"),
                "");
    }

    /** Takes from the live object what the API server never lets anyone change. */
    private static void keepLive(
            Map<String, @Nullable Object> changed,
            Map<String, @Nullable Object> object,
            Map<String, @Nullable Object> live) {
        List<String> fields = switch (JsonTree.text(object, "kind")) {
            case "Service" -> List.of("clusterIP", "clusterIPs");
            case "Job" -> List.of("selector", "template");
            case "PersistentVolumeClaim" -> List.of("volumeName");
            default -> List.of();
        };
        if (!fields.isEmpty()) {
            Map<String, @Nullable Object> spec = new LinkedHashMap<>(JsonTree.map(object, "spec"));
            Map<String, @Nullable Object> liveSpec = JsonTree.map(live, "spec");
            for (String field : fields) {
                if (liveSpec.containsKey(field)) {
                    spec.put(field, liveSpec.get(field));
                }
            }
            changed.put("spec", spec);
        }
    }

    /** Fails when the API server would refuse the object for another reason than that it is there. */
    private void prove(String collection, Map<String, @Nullable Object> object) {
        Map<String, @Nullable Object> copy = JsonTree.readObject(JsonText.of(object));
        if (JsonTree.text(copy, "kind").equals("Service")) {
            // The one that is there holds its addresses.
            ObjectAdaptation.releaseAddresses(copy);
        }
        try {
            send("POST", collection, copy, true);
        } catch (CallFailed e) {
            if (e.errorClass() != ErrorClass.CONFLICT) {
                throw e;
            }
        }
    }

    private Written recreate(
            String collection, String path, Map<String, @Nullable Object> object, String uid, boolean dryRun) {
        prove(collection, object);
        if (dryRun) {
            return new Written(RestoreReport.Action.WOULD_CHANGE, uid, "would be deleted and created");
        }
        retry.call(
                "DELETE " + path, () -> server.write("DELETE", path, Map.of("propagationPolicy", "Background"), null));
        long end = System.nanoTime() + LONGEST_DELETION.toNanos();
        while (get(path).isPresent()) {
            if (System.nanoTime() > end) {
                throw new CallFailed(
                        ErrorClass.CONFLICT, "DELETE " + path + " was accepted, but the object is still there", null);
            }
            nap();
        }
        return create(collection, object, false, RestoreReport.Action.RECREATED, "");
    }

    private Map<String, @Nullable Object> send(
            String method, String path, Map<String, @Nullable Object> object, boolean dryRun) {
        Map<String, String> parameters =
                dryRun ? Map.of("fieldManager", MANAGER, "dryRun", "All") : Map.of("fieldManager", MANAGER);
        return retry.call(method + " " + path, () -> server.write(method, path, parameters, object));
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
