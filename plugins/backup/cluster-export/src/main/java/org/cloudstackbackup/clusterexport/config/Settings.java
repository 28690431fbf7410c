/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.config;

/**
 * All settings of one cluster's export, checked. Holds secrets; its text shows none.
 *
 * @param acceptedUid uid of the namespace kube-system of a cluster that may take the place of another; empty for none
 */
public record Settings(
        String clusterName,
        String clusterDomain,
        String acceptedUid,
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
