/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.spi;

import static java.util.Objects.requireNonNull;

/**
 * Which restore point to delete.
 *
 * @param clientToken makes the start idempotent; a uuid
 * @param restorePointId the product's id of the point
 * @param forced also when the product would have to delete points that depend on it
 */
public record DeleteRequest(String clientToken, String restorePointId, boolean forced) {
    public DeleteRequest {
        requireNonNull(clientToken, "clientToken is null");
        requireNonNull(restorePointId, "restorePointId is null");
    }
}
