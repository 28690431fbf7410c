/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.restore;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.cloudstackbackup.clusterexport.catalog.Entry;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.jspecify.annotations.Nullable;

/** Knows the objects that a cluster makes itself, of its own state, and that so are not restored. Safe for use by many threads. */
final class MadeByTheCluster {
    private static final String ITSELF = "the cluster makes it itself";
    private static final String NO_SERVICE =
            "it cannot be told whether it was made by hand, as the run has no service of its name";

    /** The cluster's own controllers, and those of its usual networks. */
    private static final String CONTROLLER = "endpointslice[a-z-]*controller\\..+";

    private static final Set<String> TYPES = Set.of(
            "nodes",
            "events",
            "events.events.k8s.io",
            "leases.coordination.k8s.io",
            "componentstatuses",
            "controllerrevisions.apps",
            "csinodes.storage.k8s.io",
            "csistoragecapacities.storage.k8s.io",
            "volumeattachments.storage.k8s.io",
            "ipaddresses.networking.k8s.io",
            "resourceslices.resource.k8s.io",
            "certificatesigningrequests.certificates.k8s.io");

    private final ObjectReader reader;
    private final Map<String, Entry> services = new HashMap<>();

    MadeByTheCluster(ObjectReader reader, Iterable<Entry> entries) {
        this.reader = requireNonNull(reader, "reader is null");
        for (Entry entry : entries) {
            if (entry.type().equals("services")) {
                services.put(place(entry), entry);
            }
        }
    }

    private static String place(Entry entry) {
        return entry.namespace() + "/" + entry.name();
    }

    /** Why no object of this type is restored; empty when some are. */
    static String reason(Entry entry) {
        return TYPES.contains(entry.type()) ? ITSELF : "";
    }

    /** Why this object is not restored; empty when it is. */
    String reason(Entry entry, Map<String, @Nullable Object> object) {
        return switch (entry.type()) {
            case "endpointslices.discovery.k8s.io" -> ofSlice(entry, JsonTree.map(object, "metadata"));
            case "endpoints" -> ofEndpoints(entry);
            default -> reason(entry);
        };
    }

    private static String ofSlice(Entry entry, Map<String, @Nullable Object> metadata) {
        String manager = JsonTree.text(JsonTree.map(metadata, "labels"), "endpointslice.kubernetes.io/managed-by");
        return isOfApiServer(entry) || manager.matches(CONTROLLER) ? ITSELF : "";
    }

    /** Those of a service that chooses no pods were made by hand. */
    private String ofEndpoints(Entry entry) {
        Entry service = services.get(place(entry));
        if (isOfApiServer(entry)) {
            return ITSELF;
        }
        if (service == null) {
            return NO_SERVICE;
        }
        Map<String, @Nullable Object> spec = JsonTree.map(reader.read(service), "spec");
        return JsonTree.map(spec, "selector").isEmpty() ? "" : ITSELF;
    }

    private static boolean isOfApiServer(Entry entry) {
        return place(entry).equals("default/kubernetes");
    }
}
