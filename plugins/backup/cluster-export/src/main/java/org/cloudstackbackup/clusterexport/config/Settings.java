/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.config;

/** All settings of one cluster's export, checked. Holds secrets; its text shows none. */
public record Settings(
        String clusterName,
        String clusterDomain,
        StoreSettings store,
        Filters filters,
        ContentSettings content,
        PaceSettings pace,
        RetentionSettings retention,
        ServiceSettings service) {
    @Override
    public String toString() {
        return "Settings[" + clusterName + "." + clusterDomain + ", " + store + "]";
    }
}
