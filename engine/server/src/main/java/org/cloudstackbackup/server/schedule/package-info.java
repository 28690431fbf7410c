/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Commands of backup schedules, and the jobs of their runs. Only the wiring imports it. */
@NullMarked
package org.cloudstackbackup.server.schedule;

import org.jspecify.annotations.NullMarked;
