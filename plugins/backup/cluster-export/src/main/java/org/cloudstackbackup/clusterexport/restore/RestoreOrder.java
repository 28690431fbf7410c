/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.restore;

import java.util.List;
import java.util.Set;

/** In which order types are restored, so that what others need is there before them. */
final class RestoreOrder {
    static final int CUSTOM_TYPES = 1;

    private static final List<Set<String>> STEPS = List.of(
            Set.of("namespaces"),
            Set.of("customresourcedefinitions.apiextensions.k8s.io"),
            Set.of("serviceaccounts", "clusterroles.rbac.authorization.k8s.io", "roles.rbac.authorization.k8s.io"),
            Set.of("clusterrolebindings.rbac.authorization.k8s.io", "rolebindings.rbac.authorization.k8s.io"),
            Set.of(
                    "secrets",
                    "configmaps",
                    "limitranges",
                    "priorityclasses.scheduling.k8s.io",
                    "runtimeclasses.node.k8s.io",
                    "ingressclasses.networking.k8s.io"),
            Set.of(
                    "storageclasses.storage.k8s.io",
                    "csidrivers.storage.k8s.io",
                    "volumesnapshotclasses.snapshot.storage.k8s.io"),
            Set.of("persistentvolumes"),
            Set.of("persistentvolumeclaims"),
            Set.of("services", "networkpolicies.networking.k8s.io", "poddisruptionbudgets.policy"),
            Set.of("deployments.apps", "statefulsets.apps", "daemonsets.apps", "cronjobs.batch"),
            Set.of("replicasets.apps", "jobs.batch", "replicationcontrollers"),
            Set.of("pods"));

    /** Last, because they can refuse everything else while what they call is not there. */
    private static final Set<String> GATES = Set.of(
            "resourcequotas",
            "apiservices.apiregistration.k8s.io",
            "mutatingwebhookconfigurations.admissionregistration.k8s.io",
            "validatingwebhookconfigurations.admissionregistration.k8s.io",
            "validatingadmissionpolicies.admissionregistration.k8s.io",
            "validatingadmissionpolicybindings.admissionregistration.k8s.io",
            "mutatingadmissionpolicies.admissionregistration.k8s.io",
            "mutatingadmissionpolicybindings.admissionregistration.k8s.io");

    private RestoreOrder() {}

    /** Steps are done one after the other. */
    static int step(String type) {
        for (int i = 0; i < STEPS.size(); i++) {
            if (STEPS.get(i).contains(type)) {
                return i;
            }
        }
        return GATES.contains(type) ? STEPS.size() + 1 : STEPS.size();
    }
}
