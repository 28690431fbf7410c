/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Exports of registered clusters: commands, settings, and what ties the export to jobs and events. The only package, with the
 * wiring, that sees the module of the export, and of that only its {@code service}.
 */
@NullMarked
package org.cloudstackbackup.server.clusterexport;

import org.jspecify.annotations.NullMarked;
