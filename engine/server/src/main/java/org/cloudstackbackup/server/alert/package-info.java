/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Alerts: the commands about them, and the two channels by which they leave the installation. Wired by {@code server}, imported by
 * nothing else.
 */
@NullMarked
package org.cloudstackbackup.server.alert;

import org.jspecify.annotations.NullMarked;
