/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Tests of the HTTP API over real connections, with commands of their own. */
@NullMarked
package org.cloudstackbackup.server.api;

import org.jspecify.annotations.NullMarked;
