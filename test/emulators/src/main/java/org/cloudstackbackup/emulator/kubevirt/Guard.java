/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.kubevirt;

import java.util.function.Supplier;

/** Lets one thread at a time see and change an emulator's state, after what is due by its clock has happened. */
public interface Guard {
    <T> T inside(Supplier<T> action);
}
