/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
/** A hypervisor that is made of files, and the data of a first start with the demo. For wiring only. */
@NullMarked
package org.cloudstackbackup.server.simulator;

import org.jspecify.annotations.NullMarked;
