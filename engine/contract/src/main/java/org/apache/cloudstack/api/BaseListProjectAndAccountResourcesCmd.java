/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.api;

import com.cloud.projects.Project;

/** A list of resources that belong to an account or a project. */
public abstract class BaseListProjectAndAccountResourcesCmd extends BaseListAccountResourcesCmd
        implements IBaseListProjectAndAccountResourcesCmd {
    @Parameter(
            name = ApiConstants.PROJECT_ID,
            type = CommandType.UUID,
            entityType = Project.class,
            description = "list only resources of this project; -1 for all projects of the caller")
    private Long projectId;

    @Override
    public Long getProjectId() {
        return projectId;
    }
}
