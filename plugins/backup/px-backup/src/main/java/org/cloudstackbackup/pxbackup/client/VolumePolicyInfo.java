/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import java.util.List;

/** Volumes whose data is not backed up. Absent is null; a list or map is never null. */
public record VolumePolicyInfo(List<String> volumeTypes, List<String> csiDrivers, List<String> nfsServers) {}
