/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.select;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.cloudstackbackup.clusterexport.config.ContentSettings.SecretsPolicy;
import org.cloudstackbackup.clusterexport.config.Filters;
import org.cloudstackbackup.clusterexport.config.Filters.FilteringMode;
import org.cloudstackbackup.clusterexport.config.Filters.OpenShiftMode;
import org.cloudstackbackup.clusterexport.kube.Discovery;
import org.cloudstackbackup.clusterexport.kube.ResourceType;

/** Chooses the types of a run. */
public final class TypeSelection {
    /** Groups whose objects are computed when they are asked for: nothing to keep, nothing to restore. */
    private static final Set<String> COMPUTED = Set.of(
            "metrics.k8s.io", "custom.metrics.k8s.io", "external.metrics.k8s.io", "packages.operators.coreos.com");

    /** Types that show the objects of another type, by qualified name. */
    private static final Map<String, String> MIRRORS = Map.ofEntries(
            Map.entry("events.events.k8s.io", "events"),
            Map.entry("ingresses.extensions", "ingresses.networking.k8s.io"),
            Map.entry("networkpolicies.extensions", "networkpolicies.networking.k8s.io"),
            Map.entry("deployments.extensions", "deployments.apps"),
            Map.entry("replicasets.extensions", "replicasets.apps"),
            Map.entry("daemonsets.extensions", "daemonsets.apps"),
            Map.entry("projects.project.openshift.io", "namespaces"),
            Map.entry("roles.authorization.openshift.io", "roles.rbac.authorization.k8s.io"),
            Map.entry("rolebindings.authorization.openshift.io", "rolebindings.rbac.authorization.k8s.io"),
            Map.entry("clusterroles.authorization.openshift.io", "clusterroles.rbac.authorization.k8s.io"),
            Map.entry(
                    "clusterrolebindings.authorization.openshift.io", "clusterrolebindings.rbac.authorization.k8s.io"),
            Map.entry("imagestreamtags.image.openshift.io", "imagestreams.image.openshift.io"),
            Map.entry("imagetags.image.openshift.io", "imagestreams.image.openshift.io"));

    private final Filters filters;
    private final SecretsPolicy secrets;

    public TypeSelection(Filters filters, SecretsPolicy secrets) {
        this.filters = requireNonNull(filters, "filters is null");
        this.secrets = requireNonNull(secrets, "secrets is null");
    }

    /** Every type the server knows, with the reason why it is left out, if it is. */
    public List<TypeChoice> choose(Discovery discovery) {
        Map<String, String> reasons = new HashMap<>();
        for (ResourceType type : discovery.types()) {
            reasons.put(type.qualifiedName(), reason(type));
        }
        List<TypeChoice> choices = new ArrayList<>();
        for (ResourceType type : discovery.types()) {
            String name = type.qualifiedName();
            String original = MIRRORS.getOrDefault(name, "");
            String own = reasons.getOrDefault(name, "");
            boolean mirrored =
                    own.isEmpty() && reasons.getOrDefault(original, "absent").isEmpty();
            choices.add(new TypeChoice(type, mirrored ? "same_objects_as_" + original : own));
        }
        return choices;
    }

    /**
     * Whether some type of a group that could not be asked may be wanted.
     *
     * @param before qualified names of the types the last run had
     */
    public boolean mayWant(String group, Discovery discovery, Set<String> before) {
        if (COMPUTED.contains(group)) {
            return false;
        }
        boolean byDefault = filters.mode() == FilteringMode.BLACKLIST
                || (filters.mode() == FilteringMode.HYBRID
                        && filters.includeResources().isEmpty());
        return byDefault
                || Stream.concat(filters.includeResources().stream(), filters.includeCrds().stream())
                        .anyMatch(name -> mayName(name, group, discovery, before));
    }

    /** A plural alone names a type of any group; it is looked for where nothing else has it, and where it was before. */
    private static boolean mayName(String name, String group, Discovery discovery, Set<String> before) {
        if (name.contains(".")) {
            return name.endsWith("." + group);
        }
        return before.contains(name + "." + group)
                || discovery.types().stream().noneMatch(type -> type.plural().equals(name));
    }

    /** The names of types that were given, and that nothing the server serves has; mistyped, most likely. */
    public List<String> unmatched(Discovery discovery) {
        return filters.givenTypes().stream()
                .distinct()
                .filter(name -> discovery.types().stream().noneMatch(type -> isIn(List.of(name), type)))
                .toList();
    }

    private String reason(ResourceType type) {
        if (!type.verbs().contains("list")) {
            return "cannot_be_listed";
        }
        if (secrets == SecretsPolicy.EXCLUDE && type.qualifiedName().equals("secrets")) {
            return "excluded_by_secrets_policy";
        }
        if (type.group().endsWith(".openshift.io")
                && (filters.openShiftMode() == OpenShiftMode.DISABLED || !filters.includeOpenShift())) {
            return "excluded_as_openshift";
        }
        if (filters.includeCrds().contains(type.qualifiedName())) {
            return "";
        }
        return byMode(type);
    }

    private String byMode(ResourceType type) {
        boolean listed = isIn(filters.includeResources(), type);
        boolean included = filters.mode() == FilteringMode.BLACKLIST
                || (filters.mode() == FilteringMode.HYBRID
                        && filters.includeResources().isEmpty())
                || listed;
        if (!included) {
            return "not_in_whitelist";
        }
        if (filters.mode() != FilteringMode.WHITELIST && isIn(filters.excludeResources(), type)) {
            return "excluded_by_blacklist";
        }
        // Who wants computed objects names them.
        boolean named = listed && filters.mode() != FilteringMode.BLACKLIST;
        boolean computed =
                COMPUTED.contains(type.group()) || type.qualifiedName().equals("componentstatuses");
        if (computed && !named) {
            return "computed_on_request";
        }
        return "";
    }

    private static boolean isIn(List<String> names, ResourceType type) {
        return names.contains(type.plural()) || names.contains(type.qualifiedName());
    }
}
