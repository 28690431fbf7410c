/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Narrows to namespaces and objects in them. Absent is null; a list or map is never null. */
public record NamespaceFilter(
        @Nullable String namespaceNamePattern,
        List<String> includeNamespaces,
        List<String> excludeNamespaces,
        List<ResourceInfo> includeResources,
        List<ResourceInfo> excludeResources,
        List<String> gvks,
        @Nullable String resourceNamePattern) {}
