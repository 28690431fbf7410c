/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.offering;

import com.cloud.storage.Storage;
import org.apache.cloudstack.acl.InfrastructureEntity;
import org.apache.cloudstack.api.Identity;
import org.apache.cloudstack.api.InternalIdentity;

/** How a disk is made. */
public interface DiskOffering extends InfrastructureEntity, Identity, InternalIdentity {
    Storage.ProvisioningType getProvisioningType();
}
