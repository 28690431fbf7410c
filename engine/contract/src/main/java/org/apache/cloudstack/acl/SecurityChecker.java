/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.acl;

import com.cloud.domain.Domain;
import com.cloud.user.Account;
import com.cloud.utils.component.Adapter;

/** Decides whether an account may use something. */
public interface SecurityChecker extends Adapter {
    /** What an account wants to do. */
    enum AccessType {
        ModifyProject,
        OperateEntry,
        UseEntry,
        ListEntry
    }

    boolean checkAccess(Account caller, Domain domain);

    boolean checkAccess(Account caller, ControlledEntity entity, AccessType accessType);
}
