/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

import java.time.Instant;
import org.cloudstackbackup.framework.identity.Owner;
import org.jspecify.annotations.Nullable;

/**
 * A VM, without its volumes.
 *
 * @param name host name
 * @param instanceName the hypervisor's name
 * @param backupOfferingId the offering that protects it, null when none does
 * @param backupExternalId the backup product's id of the VM
 * @param backupVolumes JSON of the volumes when the offering was assigned
 * @param version grows with each write
 */
public record Vm(
        long id,
        String uuid,
        String name,
        @Nullable String displayName,
        String instanceName,
        VmState state,
        long zoneId,
        Owner owner,
        long serviceOfferingId,
        long templateId,
        long guestOsId,
        String hypervisorType,
        @Nullable Long backupOfferingId,
        @Nullable String backupExternalId,
        @Nullable String backupVolumes,
        long version,
        Instant created,
        @Nullable Instant removed) {}
