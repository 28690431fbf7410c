/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Backups at fixed times and how many of them are kept. Imports the packages of backups, operations and products; only the
 * store and the host import it.
 */
@NullMarked
package org.cloudstackbackup.framework.schedule;

import org.jspecify.annotations.NullMarked;
