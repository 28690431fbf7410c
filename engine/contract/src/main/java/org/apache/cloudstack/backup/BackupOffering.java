/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.backup;

import java.util.Date;
import org.apache.cloudstack.api.Identity;
import org.apache.cloudstack.api.InternalIdentity;

/** A policy of a backup product, imported into CloudStack. */
public interface BackupOffering extends InternalIdentity, Identity {
    /** The product's id of the policy. */
    String getExternalId();

    String getName();

    String getDescription();

    long getZoneId();

    boolean isUserDrivenBackupAllowed();

    /** Name of the provider. */
    String getProvider();

    Date getCreated();
}
