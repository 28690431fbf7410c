/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.api;

/** A list of resources that belong to an account. */
public abstract class BaseListAccountResourcesCmd extends BaseListDomainResourcesCmd
        implements IBaseListAccountResourcesCmd {
    @Parameter(
            name = ApiConstants.ACCOUNT,
            type = CommandType.STRING,
            description = "list only resources of this account; needs domainid")
    private String accountName;

    @Override
    public String getAccountName() {
        return accountName;
    }

    /** True unless a subclass lets root admins ask for hidden resources. */
    @Override
    public Boolean getDisplay() {
        return Boolean.TRUE;
    }
}
