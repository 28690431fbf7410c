/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A VM with the names that people know.
 *
 * @param rootVolume null when it has none
 * @param backupOffering the offering that protects it, null when none does
 */
public record ListedVm(
        Vm vm,
        OwnerNames owner,
        Named zone,
        ServiceOffering serviceOffering,
        Named template,
        @Nullable String templateDisplayText,
        Named guestOs,
        Named guestOsCategory,
        @Nullable Named backupOffering,
        @Nullable Volume rootVolume,
        List<Nic> nics,
        Map<String, String> details) {
    public ListedVm {
        nics = List.copyOf(nics);
        details = Map.copyOf(details);
    }
}
