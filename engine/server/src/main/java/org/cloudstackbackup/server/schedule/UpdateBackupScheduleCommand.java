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

/** Changes a VM's schedule. As in CloudStack the same as {@link CreateBackupScheduleCommand}. */
@APICommand(
        name = "updateBackupSchedule",
        description = "Changes the backup schedule of a VM that has the interval type.",
        responseObject = BackupScheduleResponse.class,
        since = "4.14.0",
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
public final class UpdateBackupScheduleCommand extends ConfigureBackupScheduleCommand {}
