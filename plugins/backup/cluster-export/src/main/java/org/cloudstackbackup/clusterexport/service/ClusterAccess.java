/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.service;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * How a cluster is reached. Holds secrets; its text shows none.
 *
 * @param kubeconfig the text of a kubeconfig that names no files and starts no programs
 * @param context the context in it; null for its current one
 */
public record ClusterAccess(String kubeconfig, @Nullable String context) {
    public ClusterAccess {
        requireNonNull(kubeconfig, "kubeconfig is null");
    }

    @Override
    public String toString() {
        return "ClusterAccess[context=" + context + "]";
    }
}
