/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.host;

/** Whether a host answers; states that the bridge does not name are left out. */
public enum Status {
    Up,
    Down
}
