/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Any {@code BackupDriver} as a backup provider of CloudStack 4.22.
 *
 * <p>Here: rows, details and states as CloudStack wants them, and the rules that its backup framework sets for providers
 * ({@link org.cloudstackbackup.bridge.DriverBackupProvider} lists them). Not here: a product, and whatever CloudStack does
 * itself, such as schedules, limits and events. Imports {@code spi} and CloudStack's types; only the drop-in modules import
 * this package, by the provider.
 */
@NullMarked
package org.cloudstackbackup.bridge;

import org.jspecify.annotations.NullMarked;
