/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.config;

import java.util.ArrayList;
import java.util.List;

/** Which objects are wanted. Names of types are {@code plural} or {@code plural.group}. */
public record Filters(
        FilteringMode mode,
        List<String> includeResources,
        List<String> excludeResources,
        List<NamePattern> includeNamespaces,
        List<NamePattern> excludeNamespaces,
        List<String> includeCrds,
        Selector labels,
        Selector annotations,
        OpenShiftMode openShiftMode,
        boolean includeOpenShift,
        boolean followOwners) {
    /** Defaults of the documented program. */
    static final List<String> DEFAULT_INCLUDE = List.of(
            "pods",
            "services",
            "deployments",
            "replicasets",
            "configmaps",
            "secrets",
            "persistentvolumes",
            "persistentvolumeclaims",
            "serviceaccounts",
            "roles",
            "rolebindings",
            "clusterroles",
            "clusterrolebindings",
            "ingresses",
            "networkpolicies",
            "jobs",
            "cronjobs",
            "daemonsets",
            "statefulsets");

    static final List<String> DEFAULT_EXCLUDE = List.of("events", "nodes", "endpoints", "replicationcontrollers");

    static final List<String> DEFAULT_EXCLUDED_NAMESPACES =
            List.of("kube-system", "kube-public", "kube-node-lease", "openshift-*");

    static final List<String> DEFAULT_CRDS = List.of(
            "workflows.argoproj.io",
            "workflowtemplates.argoproj.io",
            "routes.route.openshift.io",
            "buildconfigs.build.openshift.io",
            "imagestreams.image.openshift.io",
            "deploymentconfigs.apps.openshift.io");

    public Filters {
        includeResources = List.copyOf(includeResources);
        excludeResources = List.copyOf(excludeResources);
        includeNamespaces = List.copyOf(includeNamespaces);
        excludeNamespaces = List.copyOf(excludeNamespaces);
        includeCrds = List.copyOf(includeCrds);
    }

    /** How types are chosen. */
    public enum FilteringMode {
        WHITELIST,
        BLACKLIST,
        HYBRID
    }

    /** Whether the cluster is OpenShift; {@code DISABLED} leaves its types out. */
    public enum OpenShiftMode {
        AUTO_DETECT,
        ENABLED,
        DISABLED
    }

    /** Names of types that somebody gave, where the mode looks at them; those of the defaults need not exist everywhere. */
    public List<String> givenTypes() {
        List<String> names = new ArrayList<>();
        if (mode != FilteringMode.BLACKLIST) {
            addOthers(names, includeResources, DEFAULT_INCLUDE);
        }
        if (mode != FilteringMode.WHITELIST) {
            addOthers(names, excludeResources, DEFAULT_EXCLUDE);
        }
        addOthers(names, includeCrds, DEFAULT_CRDS);
        return names;
    }

    private static void addOthers(List<String> names, List<String> given, List<String> defaults) {
        given.stream().filter(name -> !defaults.contains(name)).forEach(names::add);
    }

    /** Whether objects of a namespace are wanted: included, if anything is, and not excluded. */
    public boolean wantsNamespace(String namespace) {
        return (includeNamespaces.isEmpty() || isNamed(includeNamespaces, namespace))
                && !isNamed(excludeNamespaces, namespace);
    }

    /** Asked of each object of a cluster. */
    private static boolean isNamed(List<NamePattern> patterns, String namespace) {
        for (NamePattern pattern : patterns) {
            if (pattern.matches(namespace)) {
                return true;
            }
        }
        return false;
    }
}
