/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.utils.fsm;

/** Rows whose states change by events; the host's own members are left out. */
public interface StateDao<S, E, V> {}
