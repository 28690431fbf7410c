/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.spi;

import static java.util.Objects.requireNonNull;

/**
 * What to back up.
 *
 * @param clientToken makes the start idempotent; a uuid
 * @param vm the VM with all its volumes
 * @param offeringExternalId the policy the VM is under
 * @param name the backup's name, for products that show one
 * @param quiesce freeze the guest's file systems; only with {@link Capability#QUIESCE}
 */
public record BackupRequest(String clientToken, VmRef vm, String offeringExternalId, String name, boolean quiesce) {
    public BackupRequest {
        requireNonNull(clientToken, "clientToken is null");
        requireNonNull(vm, "vm is null");
        requireNonNull(offeringExternalId, "offeringExternalId is null");
        requireNonNull(name, "name is null");
    }
}
