/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The export as a library, for a server that holds the kubeconfigs and settings of many clusters. What it takes and gives are values
 * of this package and of the JDK; it is what others may import of this module.
 */
@NullMarked
package org.cloudstackbackup.clusterexport.service;

import org.jspecify.annotations.NullMarked;
