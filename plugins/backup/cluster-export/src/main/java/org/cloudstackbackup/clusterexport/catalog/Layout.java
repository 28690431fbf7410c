/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.catalog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cloudstackbackup.clusterexport.content.InvalidObject;
import org.cloudstackbackup.clusterexport.kube.ResourceType;

/**
 * Keys in the bucket. Files of objects are {@code clusterbackup/{cluster}/{namespace}/{type}/{name}.yaml}, always five segments; everything else is
 * below {@code clusterexport/{cluster}/}, which readers of {@code clusterbackup/} never see.
 */
public final class Layout {
    /** The segment of objects without a namespace; no namespace can be called so. */
    public static final String CLUSTER_SCOPED = "_cluster";

    private static final int LONGEST_KEY = 1024;

    private final String cluster;

    public Layout(String cluster) {
        this.cluster = cluster;
    }

    /** The prefix of all files, with its slash, so that {@code prod} does not mean {@code prod-east} too. */
    public String filesPrefix() {
        return "clusterbackup/" + cluster + "/";
    }

    /** The file of one object. */
    public String file(String namespace, String typeSegment, String name) {
        String key = filesPrefix() + (namespace.isEmpty() ? CLUSTER_SCOPED : segment(namespace)) + "/" + typeSegment
                + "/" + segment(name) + ".yaml";
        // A character has three bytes at most.
        if (key.length() > LONGEST_KEY / 3 && key.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
            throw new InvalidObject("its key would be longer than " + LONGEST_KEY + " bytes");
        }
        return key;
    }

    public String latest() {
        return root() + "latest.json";
    }

    public String lock() {
        return root() + "lock.json";
    }

    public String marker() {
        return root() + "running.json";
    }

    public String totals() {
        return root() + "totals.json";
    }

    public String runs() {
        return root() + "runs/";
    }

    public String run(String runId) {
        return runs() + runId + "/run.json";
    }

    public String manifest(String runId) {
        return runs() + runId + "/manifest.jsonl.gz";
    }

    public String packs() {
        return root() + "packs/";
    }

    public String restore(String restoreId) {
        return root() + "restores/" + restoreId + ".json";
    }

    private String root() {
        return "clusterexport/" + cluster + "/";
    }

    /** A name as a segment: as it is, but for what would be read as a path or as this very escape. */
    static String segment(String name) {
        if (name.equals(".") || name.equals("..")) {
            return name.replace(".", "%2E");
        }
        if (isPlain(name)) {
            return name;
        }
        StringBuilder out = new StringBuilder(name.length());
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            if (b == '/' || b == '\\' || b == '%' || (b >= 0 && b < 0x20) || b == 0x7f) {
                out.append(String.format("%%%02X", b));
            } else if (b >= 0) {
                out.append((char) b);
            } else {
                out.append(String.format("%%%02X", b & 0xff));
            }
        }
        return out.toString();
    }

    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c > '~' || c == '/' || c == '\\' || c == '%') {
                return false;
            }
        }
        return true;
    }

    /**
     * The segment of each type, by qualified name: the plural alone for the first group that has it, {@code plural.group} for others. Who had a
     * segment before keeps it; else core comes first, then Kubernetes' own groups, then OpenShift's, then the rest by name.
     */
    public static Map<String, String> segments(List<ResourceType> types, Map<String, String> before) {
        Map<String, String> segments = new HashMap<>(before);
        Set<String> taken = new HashSet<>(before.values());
        List<ResourceType> ordered = new ArrayList<>(types);
        ordered.sort(Comparator.comparingInt(Layout::rank).thenComparing(ResourceType::group));
        for (ResourceType type : ordered) {
            String name = type.qualifiedName();
            if (!segments.containsKey(name)) {
                String chosen = taken.contains(type.plural()) ? name : type.plural();
                segments.put(name, chosen);
                taken.add(chosen);
            }
        }
        return segments;
    }

    private static int rank(ResourceType type) {
        String group = type.group();
        if (group.isEmpty()) {
            return 0;
        }
        if (!group.contains(".")) {
            return group.equals("extensions") ? 3 : 1;
        }
        if (group.equals("metrics.k8s.io") || group.equals("events.k8s.io")) {
            return 4;
        }
        return group.endsWith(".k8s.io") ? 1 : group.endsWith(".openshift.io") ? 2 : 5;
    }
}
