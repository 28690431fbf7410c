/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * A driver without a product: it keeps real bytes of simulated volumes in its own files, for trials and for tests.
 *
 * <p>Covered: two fixed policies, backup, restore in place and into new VMs, volume restore, delete, cancel, paging, and
 * being told to be slow, to fail, to be away or to lose a restore point. A volume is a file of the simulator, named by
 * {@code VolumeRef.path} below the volume folder. Only blocks that are not all zero are stored, and every restore is proven
 * complete against the SHA-256 of the stored bytes before a volume is replaced.
 *
 * <p>Every change of state is one atomic rename of a file that was forced to disk, so a process killed at any moment
 * leaves operations that the next one takes to a true end.
 *
 * <p>Several processes may share one repository, on a file system that passes locks on between them.
 *
 * <p>Not covered: incremental backups, real freezing of a guest (asked for, it is accepted). Only the wiring and the CloudStack bridge import this package, by its factory.
 */
@NullMarked
package org.cloudstackbackup.dummy;

import org.jspecify.annotations.NullMarked;
