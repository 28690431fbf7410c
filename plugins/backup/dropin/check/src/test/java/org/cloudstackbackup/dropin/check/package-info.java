/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Opens the finished drop-in jars, and loads them in a class loader that has CloudStack's types and Spring alone. */
@NullMarked
package org.cloudstackbackup.dropin.check;

import org.jspecify.annotations.NullMarked;
