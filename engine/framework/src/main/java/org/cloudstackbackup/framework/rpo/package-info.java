/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Whether VMs have backups as young as their schedules promise (the recovery point objective). Knows what is stored, not what
 * makes it; wired by the host.
 */
@NullMarked
package org.cloudstackbackup.framework.rpo;

import org.jspecify.annotations.NullMarked;
