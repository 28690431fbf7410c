/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.api;

import com.cloud.domain.Domain;

/** A list of resources that belong to a domain. */
public abstract class BaseListDomainResourcesCmd extends BaseListCmd implements IBaseListDomainResourcesCmd {
    @Parameter(
            name = ApiConstants.LIST_ALL,
            type = CommandType.BOOLEAN,
            description = "true lists all that the caller may see, false (the default) what the caller's account owns")
    private Boolean listAll;

    @Parameter(
            name = ApiConstants.DOMAIN_ID,
            type = CommandType.UUID,
            entityType = Domain.class,
            description = "list only resources of this domain")
    private Long domainId;

    @Parameter(
            name = ApiConstants.IS_RECURSIVE,
            type = CommandType.BOOLEAN,
            description = "with domainid: true adds the domains below it; false is the default")
    private Boolean recursive;

    @Override
    public boolean listAll() {
        return Boolean.TRUE.equals(listAll);
    }

    @Override
    public boolean isRecursive() {
        return Boolean.TRUE.equals(recursive);
    }

    @Override
    public Long getDomainId() {
        return domainId;
    }
}
