/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.restore;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.jspecify.annotations.Nullable;

/** Gives the namespaces that an object is in, or speaks of, their new names. Safe for use by many threads. */
final class NamespaceMapping {
    /** Types without a namespace whose objects speak of some. */
    static final Set<String> SPEAKERS = Set.of(
            "clusterrolebindings.rbac.authorization.k8s.io",
            "flowschemas.flowcontrol.apiserver.k8s.io",
            "securitycontextconstraints.security.openshift.io",
            "persistentvolumes",
            "storageclasses.storage.k8s.io",
            "volumesnapshotclasses.snapshot.storage.k8s.io",
            "volumesnapshotcontents.snapshot.storage.k8s.io",
            "volumegroupsnapshotcontents.groupsnapshot.storage.k8s.io",
            "ingressclasses.networking.k8s.io",
            "validatingadmissionpolicybindings.admissionregistration.k8s.io",
            "mutatingadmissionpolicybindings.admissionregistration.k8s.io",
            "mutatingwebhookconfigurations.admissionregistration.k8s.io",
            "validatingwebhookconfigurations.admissionregistration.k8s.io",
            "apiservices.apiregistration.k8s.io",
            "customresourcedefinitions.apiextensions.k8s.io");

    private static final String ACCOUNT = "system:serviceaccount:";
    private static final String ACCOUNTS = "system:serviceaccounts:";
    private static final Pattern SECRET_NAMESPACE = Pattern.compile(".*secret-?namespace", Pattern.CASE_INSENSITIVE);

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
            case "flowschemas.flowcontrol.apiserver.k8s.io" ->
                JsonTree.maps(spec, "rules")
                        .forEach(rule -> JsonTree.maps(rule, "subjects").forEach(subject -> requester(subject, left)));
            case "securitycontextconstraints.security.openshift.io" -> {
                accounts(object, "users", left);
                accounts(object, "groups", left);
            }
            case "persistentvolumes" -> {
                remap(JsonTree.map(spec, "claimRef"), left);
                volumeSource(spec, left);
            }
            case "storageclasses.storage.k8s.io", "volumesnapshotclasses.snapshot.storage.k8s.io" ->
                parameters(JsonTree.map(object, "parameters"), left);
            case "volumesnapshotcontents.snapshot.storage.k8s.io" ->
                remap(JsonTree.map(spec, "volumeSnapshotRef"), left);
            case "volumegroupsnapshotcontents.groupsnapshot.storage.k8s.io" ->
                remap(JsonTree.map(spec, "volumeGroupSnapshotRef"), left);
            case "mutatingwebhookconfigurations.admissionregistration.k8s.io",
                    "validatingwebhookconfigurations.admissionregistration.k8s.io" ->
                JsonTree.maps(object, "webhooks").forEach(webhook -> client(webhook, left));
            case "validatingadmissionpolicybindings.admissionregistration.k8s.io",
                    "mutatingadmissionpolicybindings.admissionregistration.k8s.io" ->
                remap(JsonTree.map(spec, "paramRef"), left);
            case "ingressclasses.networking.k8s.io" -> remap(JsonTree.map(spec, "parameters"), left);
            case "apiservices.apiregistration.k8s.io" -> remap(JsonTree.map(spec, "service"), left);
            case "customresourcedefinitions.apiextensions.k8s.io" ->
                client(JsonTree.map(JsonTree.map(spec, "conversion"), "webhook"), left);
            default -> {
                if (hasClaims(type)) {
                    dataSources(spec, left);
                }
            }
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
        subject.computeIfPresent("name", (key, name) -> account(String.valueOf(name), left));
    }

    /** A subject of a flow schema, which has its name one level deeper. */
    private void requester(Map<String, @Nullable Object> subject, Set<String> left) {
        for (String kind : List.of("user", "group", "serviceAccount")) {
            subject(JsonTree.map(subject, kind), left);
        }
    }

    private void accounts(Map<String, @Nullable Object> holder, String field, Set<String> left) {
        if (holder.get(field) instanceof List<?> names) {
            holder.put(
                    field,
                    names.stream()
                            .map(name -> account(String.valueOf(name), left))
                            .toList());
        }
    }

    /** The name of a user or group; those of service accounts hold their namespace. */
    private String account(String name, Set<String> left) {
        String[] user = name.split(":", 4);
        if (name.startsWith(ACCOUNT) && user.length == 4) {
            return ACCOUNT + mapped(user[2], left) + ":" + user[3];
        }
        return name.startsWith(ACCOUNTS) ? ACCOUNTS + mapped(name.substring(ACCOUNTS.length()), left) : name;
    }

    /** Secrets that a driver needs for a volume: {@code spec.csi.nodeStageSecretRef.namespace}, and the like of others. */
    private void volumeSource(Map<String, @Nullable Object> spec, Set<String> left) {
        for (String source : List.copyOf(spec.keySet())) {
            Map<String, @Nullable Object> fields = JsonTree.map(spec, source);
            for (String field : List.copyOf(fields.keySet())) {
                if (field.equals("secretRef") || field.endsWith("SecretRef")) {
                    remap(JsonTree.map(fields, field), left);
                }
            }
            if (fields.get("secretNamespace") != null) {
                remap(fields, "secretNamespace", left);
            }
        }
    }

    /** Such as {@code csi.storage.k8s.io/provisioner-secret-namespace}; a template names no namespace, and stays. */
    private void parameters(Map<String, @Nullable Object> parameters, Set<String> left) {
        for (String name : List.copyOf(parameters.keySet())) {
            if (SECRET_NAMESPACE.matcher(name).matches()) {
                remap(parameters, name, left);
            }
        }
    }

    private static boolean hasClaims(String type) {
        return type.equals("pods")
                || type.equals("persistentvolumeclaims")
                || type.equals("replicationcontrollers")
                || type.endsWith(".apps")
                || type.endsWith(".batch");
    }

    /** What claims are filled from, wherever a claim is: in a template of claims, or in a volume of a template of pods. */
    private void dataSources(@Nullable Object tree, Set<String> left) {
        if (tree instanceof List<?> list) {
            list.forEach(item -> dataSources(item, left));
        } else if (tree instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if ("dataSourceRef".equals(key)) {
                    remap(JsonTree.map(tree(map), "dataSourceRef"), left);
                } else {
                    dataSources(value, left);
                }
            });
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> tree(Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
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
