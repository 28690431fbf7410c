/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.schedule;

import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.cloudstackbackup.server.backup.BackupScheduleResponse;

/** Backs a VM up at fixed times. The VM's schedule of the same interval type is written anew. */
@APICommand(
        name = "createBackupSchedule",
        description = "Backs a VM up at fixed times.",
        responseObject = BackupScheduleResponse.class,
        since = "4.14.0",
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
public final class CreateBackupScheduleCommand extends ConfigureBackupScheduleCommand {}
