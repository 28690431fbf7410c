/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.restore;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.jspecify.annotations.Nullable;

/** Gives the namespaces that an object is in, or speaks of, their new names. Safe for use by many threads. */
final class NamespaceMapping {
    /** Types without a namespace whose objects speak of some. */
    static final Set<String> SPEAKERS = Set.of(
            "clusterrolebindings.rbac.authorization.k8s.io",
            "persistentvolumes",
            "mutatingwebhookconfigurations.admissionregistration.k8s.io",
            "validatingwebhookconfigurations.admissionregistration.k8s.io",
            "apiservices.apiregistration.k8s.io",
            "customresourcedefinitions.apiextensions.k8s.io");

    private static final String ACCOUNT = "system:serviceaccount:";
    private static final String ACCOUNTS = "system:serviceaccounts:";

    private final RestoreOptions options;

    NamespaceMapping(RestoreOptions options) {
        this.options = requireNonNull(options, "options is null");
    }

    /**
     * Changes the object in place.
     *
     * @return why the object must stay as it is if it is there already: it keeps its name but would serve another namespace; else empty
     */
    String apply(Map<String, @Nullable Object> object, String type) {
        Map<String, @Nullable Object> metadata = JsonTree.map(object, "metadata");
        boolean renamed = rename(metadata, type);
        Set<String> left = new TreeSet<>();
        Map<String, @Nullable Object> spec = JsonTree.map(object, "spec");
        switch (type) {
            case "rolebindings.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io" ->
                JsonTree.maps(object, "subjects").forEach(subject -> subject(subject, left));
            case "persistentvolumes" -> remap(JsonTree.map(spec, "claimRef"), left);
            case "persistentvolumeclaims" -> remap(JsonTree.map(spec, "dataSourceRef"), left);
            case "statefulsets.apps" ->
                JsonTree.maps(spec, "volumeClaimTemplates")
                        .forEach(claim -> remap(JsonTree.map(JsonTree.map(claim, "spec"), "dataSourceRef"), left));
            case "mutatingwebhookconfigurations.admissionregistration.k8s.io",
                    "validatingwebhookconfigurations.admissionregistration.k8s.io" ->
                JsonTree.maps(object, "webhooks").forEach(webhook -> client(webhook, left));
            case "apiservices.apiregistration.k8s.io" -> remap(JsonTree.map(spec, "service"), left);
            case "customresourcedefinitions.apiextensions.k8s.io" ->
                client(JsonTree.map(JsonTree.map(spec, "conversion"), "webhook"), left);
            default -> {}
        }
        return left.isEmpty() || renamed
                ? ""
                : "it is there already and serves " + String.join(", ", left)
                        + ", which is mapped; it would serve the new namespace instead";
    }

    /** Returns whether the object itself has another place now. */
    private boolean rename(Map<String, @Nullable Object> metadata, String type) {
        Set<String> left = new TreeSet<>();
        if (type.equals("namespaces")) {
            remap(metadata, "name", left);
            Map<String, @Nullable Object> labels = JsonTree.map(metadata, "labels");
            labels.computeIfPresent("kubernetes.io/metadata.name", (key, old) -> metadata.get("name"));
        }
        remap(metadata, left);
        return !left.isEmpty();
    }

    private void client(Map<String, @Nullable Object> webhook, Set<String> left) {
        remap(JsonTree.map(JsonTree.map(webhook, "clientConfig"), "service"), left);
    }

    private void subject(Map<String, @Nullable Object> subject, Set<String> left) {
        remap(subject, left);
        String name = JsonTree.text(subject, "name");
        String[] user = name.split(":", 4);
        if (name.startsWith(ACCOUNT) && user.length == 4) {
            subject.put("name", ACCOUNT + mapped(user[2], left) + ":" + user[3]);
        } else if (name.startsWith(ACCOUNTS)) {
            subject.put("name", ACCOUNTS + mapped(name.substring(ACCOUNTS.length()), left));
        }
    }

    private void remap(Map<String, @Nullable Object> holder, Set<String> left) {
        remap(holder, "namespace", left);
    }

    private void remap(Map<String, @Nullable Object> holder, String field, Set<String> left) {
        holder.computeIfPresent(field, (key, namespace) -> mapped(String.valueOf(namespace), left));
    }

    private String mapped(String namespace, Set<String> left) {
        String mapped = options.mapped(namespace);
        if (!mapped.equals(namespace)) {
            left.add(namespace);
        }
        return mapped;
    }
}
