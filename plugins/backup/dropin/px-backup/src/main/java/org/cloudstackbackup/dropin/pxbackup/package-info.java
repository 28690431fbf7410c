/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * PX-Backup as a backup provider of CloudStack. CloudStack's module loader imports this package, by the Spring file; it
 * imports the bridge and the driver's factory.
 */
@NullMarked
package org.cloudstackbackup.dropin.pxbackup;

import org.jspecify.annotations.NullMarked;
