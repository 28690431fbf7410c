/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import java.util.List;

/** All that is restored, in short form; {@code reasonIndex} points into {@code reasons}. Absent is null; a list or map is never null. */
public record RestoredResources(List<RestoredNamespace> resources, List<String> reasons) {}
