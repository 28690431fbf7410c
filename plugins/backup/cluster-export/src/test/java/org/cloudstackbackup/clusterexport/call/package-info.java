/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Tests of calls that fail. */
@NullMarked
package org.cloudstackbackup.clusterexport.call;

import org.jspecify.annotations.NullMarked;
