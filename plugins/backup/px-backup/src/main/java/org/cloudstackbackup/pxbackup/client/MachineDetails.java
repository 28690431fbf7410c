/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One machine of a backup in detail. Absent is null; a list or map is never null. */
public record MachineDetails(
        @Nullable BackupMachine vmInfo, List<VolumeDetails> volumes, List<ResourceDetails> resources) {}
