/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import org.jspecify.annotations.Nullable;

/** A Kubernetes object. */
public record ResourceInfo(
        @Nullable String name,
        @Nullable String namespace,
        @Nullable String group,
        @Nullable String kind,
        @Nullable String version) {
    /** A machine of KubeVirt. */
    public static ResourceInfo virtualMachine(String namespace, String name) {
        return new ResourceInfo(name, namespace, "kubevirt.io", "VirtualMachine", "v1");
    }

    /** A claim for a volume. */
    public static ResourceInfo claim(String namespace, String name) {
        return new ResourceInfo(name, namespace, "core", "PersistentVolumeClaim", "v1");
    }
}
