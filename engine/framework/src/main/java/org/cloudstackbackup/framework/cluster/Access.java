/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.cluster;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * How a cluster is reached. Its text does not show the kubeconfig.
 *
 * @param kubeconfig the text of a kubeconfig
 * @param context the context in it; null for its current one
 */
public record Access(String kubeconfig, @Nullable String context) {
    public Access {
        requireNonNull(kubeconfig, "kubeconfig is null");
    }

    @Override
    public String toString() {
        return "Access[context=" + context + "]";
    }
}
