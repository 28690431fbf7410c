/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.utils.fsm;

/** Something whose state can be set. */
public interface FiniteStateObject<S, E> {
    void setState(S state);
}
