/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.sync;

import org.cloudstackbackup.framework.identity.Owner;
import org.jspecify.annotations.Nullable;

/**
 * As much of a VM as the adoption of its restore points needs.
 *
 * @param offeringId of the offering that protects it now; null when none does
 */
public record SyncVm(
        long id,
        String uuid,
        String name,
        Owner owner,
        @Nullable Long offeringId) {}
