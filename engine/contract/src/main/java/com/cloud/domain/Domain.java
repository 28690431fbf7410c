/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.domain;

import com.cloud.user.OwnedBy;
import java.util.Date;
import org.apache.cloudstack.api.Identity;
import org.apache.cloudstack.api.InternalIdentity;

/** A node of the tree of tenants. */
public interface Domain extends OwnedBy, Identity, InternalIdentity {
    long ROOT_DOMAIN = 1L;

    /** Whether the domain still is in use. */
    enum State {
        Active,
        Inactive
    }

    String getName();

    /** Names from the root, each with a slash behind it. */
    String getPath();

    /** Internal id of the domain above, or null at the root. */
    Long getParent();

    int getLevel();

    State getState();

    Date getCreated();

    Date getRemoved();
}
