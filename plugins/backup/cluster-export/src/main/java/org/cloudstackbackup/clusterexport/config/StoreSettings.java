/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.config;

import java.net.URI;

/** Where the bucket is. {@code caFile} may be empty. */
public record StoreSettings(
        URI endpoint,
        String accessKey,
        String secretKey,
        String bucket,
        String region,
        String caFile,
        boolean createBucket) {
    @Override
    public String toString() {
        return "StoreSettings[endpoint=" + endpoint + ", bucket=" + bucket + "]";
    }
}
