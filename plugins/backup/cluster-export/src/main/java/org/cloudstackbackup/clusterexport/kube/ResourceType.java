/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.kube;

import java.util.Set;

/** One type of objects an API server serves, in the version it prefers. {@code group} is empty for core types. */
public record ResourceType(
        String group, String version, String plural, String kind, boolean namespaced, Set<String> verbs) {
    public ResourceType {
        verbs = Set.copyOf(verbs);
    }

    /** {@code plural}, or {@code plural.group}. */
    public String qualifiedName() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /** {@code v1}, or {@code group/version}. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** The path of all its objects, or of those of one namespace when that is not empty. */
    public String path(String namespace) {
        String root = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
        return root + (namespace.isEmpty() || !namespaced ? "" : "/namespaces/" + namespace) + "/" + plural;
    }
}
