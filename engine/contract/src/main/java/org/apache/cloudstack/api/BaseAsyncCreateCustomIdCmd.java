/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.api;

import org.apache.cloudstack.acl.RoleType;

/** A creating job whose entity may be given its uuid by a root admin. */
public abstract class BaseAsyncCreateCustomIdCmd extends BaseAsyncCreateCmd {
    @Parameter(
            name = ApiConstants.CUSTOM_ID,
            type = CommandType.STRING,
            authorized = {RoleType.Admin},
            description = "uuid that the new entity shall have; for root admins only")
    private String customId;

    public String getCustomId() {
        return customId;
    }
}
