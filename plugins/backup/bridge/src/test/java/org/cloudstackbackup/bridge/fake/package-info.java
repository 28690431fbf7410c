/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * CloudStack's tables in memory, for tests of providers; imports CloudStack's types and Gson alone, so that a drop-in jar can
 * be tried with it where nothing else of ours is.
 */
@NullMarked
package org.cloudstackbackup.bridge.fake;

import org.jspecify.annotations.NullMarked;
