/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.restore;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.jspecify.annotations.Nullable;

/** What the cluster puts into pods and service accounts, and makes anew for those that are restored. */
final class PodParts {
    /** The API server computes these, and refuses others than its own. */
    private static final List<String> COMPUTED = List.of("nodeName", "priority", "preemptionPolicy", "overhead");

    /** What an update of a pod must not change although the exported one has it not. */
    static final List<String> FIXED =
            List.of("nodeName", "priority", "preemptionPolicy", "overhead", "ephemeralContainers");

    private static final List<String> CONTAINERS = List.of("containers", "initContainers");
    private static final String DEFAULT_ACCOUNT = "default";
    private static final String TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final String MADE = "-(token|dockercfg)-[a-z0-9]{5}";

    private PodParts() {}

    /** Takes the node from a pod, what the API server computes, and containers for debugging, with which none can be made. */
    static void adapt(Map<String, @Nullable Object> spec) {
        COMPUTED.forEach(spec::remove);
        spec.remove("ephemeralContainers");
        leaveOutTokens(spec);
    }

    /** Tokens of before 1.24 are Secrets of random names; instead of them the API server adds a volume of its own. */
    private static void leaveOutTokens(Map<String, @Nullable Object> spec) {
        String account = JsonTree.text(spec, "serviceAccountName");
        Pattern token =
                Pattern.compile(Pattern.quote(account.isEmpty() ? DEFAULT_ACCOUNT : account) + "-token-[a-z0-9]{5}");
        Set<String> left = new HashSet<>();
        for (Map<String, @Nullable Object> volume : JsonTree.maps(spec, "volumes")) {
            String secret = JsonTree.text(JsonTree.map(volume, "secret"), "secretName");
            if (token.matcher(secret).matches() && isOnlyToken(spec, JsonTree.text(volume, "name"))) {
                left.add(JsonTree.text(volume, "name"));
            }
        }
        if (left.isEmpty()) {
            return;
        }
        remove(spec, "volumes", "name", left);
        for (String kind : CONTAINERS) {
            JsonTree.maps(spec, kind).forEach(container -> remove(container, "volumeMounts", "name", left));
        }
    }

    /** Whether the volume is mounted where the API server mounts tokens, and nowhere else. */
    private static boolean isOnlyToken(Map<String, @Nullable Object> spec, String volume) {
        return CONTAINERS.stream()
                .flatMap(kind -> JsonTree.maps(spec, kind).stream())
                .flatMap(container -> JsonTree.maps(container, "volumeMounts").stream())
                .filter(mount -> JsonTree.text(mount, "name").equals(volume))
                .allMatch(mount -> JsonTree.text(mount, "mountPath").equals(TOKEN_PATH));
    }

    /** Takes from a service account the Secrets that the cluster made for it; those that people gave it stay. */
    static void leaveOutMadeSecrets(Map<String, @Nullable Object> account, String name) {
        Pattern made = Pattern.compile(Pattern.quote(name) + MADE);
        for (String field : List.of("secrets", "imagePullSecrets")) {
            Set<String> names = new HashSet<>();
            JsonTree.maps(account, field).forEach(secret -> names.add(JsonTree.text(secret, "name")));
            names.removeIf(secret -> !made.matcher(secret).matches());
            if (!names.isEmpty()) {
                remove(account, field, "name", names);
            }
        }
    }

    private static void remove(Map<String, @Nullable Object> holder, String list, String field, Set<String> values) {
        List<Map<String, @Nullable Object>> kept = JsonTree.maps(holder, list).stream()
                .filter(item -> !values.contains(JsonTree.text(item, field)))
                .toList();
        if (kept.isEmpty()) {
            holder.remove(list);
        } else {
            holder.put(list, kept);
        }
    }
}
