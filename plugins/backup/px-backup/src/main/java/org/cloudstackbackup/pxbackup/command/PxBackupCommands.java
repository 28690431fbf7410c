/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import com.cloud.utils.component.PluggableService;
import java.util.List;

/** The commands of this package, for both hosts. */
public final class PxBackupCommands implements PluggableService {
    @Override
    public List<Class<?>> getCommands() {
        return List.of(
                ListPxBackupsCommand.class,
                CreatePxBackupCommand.class,
                UpdatePxBackupCommand.class,
                DeletePxBackupCommand.class,
                UpdatePxBackupShareCommand.class,
                ListPxBackupResourcesCommand.class,
                RetryPxBackupResourcesCommand.class,
                CreatePxBackupScheduleCommand.class,
                UpdatePxBackupScheduleCommand.class,
                DeletePxBackupScheduleCommand.class,
                ListPxBackupSchedulesCommand.class,
                ListPxBackupSchedulePoliciesCommand.class,
                ListPxBackupLocationsCommand.class,
                ListPxBackupClustersCommand.class,
                TestPxBackupConnectionCommand.class);
    }
}
