/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Registered Kubernetes clusters: the commands about them. Wired by {@code server}; the export's commands name clusters by its
 * response.
 */
@NullMarked
package org.cloudstackbackup.server.cluster;

import org.jspecify.annotations.NullMarked;
