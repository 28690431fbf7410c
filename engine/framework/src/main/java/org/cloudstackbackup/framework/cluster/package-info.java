/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The Kubernetes clusters that the admins registered: where they are, how they are reached, and whether that works. Used by whatever
 * backs clusters up; knows nothing of how that is done.
 */
@NullMarked
package org.cloudstackbackup.framework.cluster;

import org.jspecify.annotations.NullMarked;
