/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
/** What runs in the class loader of a drop-in jar; imports CloudStack's types, Spring and the tables in memory. */
@NullMarked
package org.cloudstackbackup.dropin.check.inside;

import org.jspecify.annotations.NullMarked;
