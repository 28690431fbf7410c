/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
/** What this server tells of itself to those that share its database, and their listing. Only the wiring imports it. */
@NullMarked
package org.cloudstackbackup.server.node;

import org.jspecify.annotations.NullMarked;
