/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A namespace and the kinds of objects a filter found in it. Absent is null; a list or map is never null. */
public record FilteredNamespace(@Nullable String namespace, List<String> resourceTypes) {}
