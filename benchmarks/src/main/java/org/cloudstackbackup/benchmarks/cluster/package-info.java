/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The cluster export on a real API server and a real S3 server, beside what those two can do at most. Imports nothing of the
 * export: it is run as its users run it.
 */
@NullMarked
package org.cloudstackbackup.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
