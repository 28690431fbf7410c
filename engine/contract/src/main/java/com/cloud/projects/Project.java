/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.projects;

import com.cloud.domain.PartOf;
import java.util.Date;
import org.apache.cloudstack.api.Identity;
import org.apache.cloudstack.api.InternalIdentity;

/** Resources that several accounts share. */
public interface Project extends PartOf, Identity, InternalIdentity {
    /** Whether the project may be used. */
    enum State {
        Active,
        Disabled,
        Suspended
    }

    String getName();

    String getDisplayText();

    /** Internal id of the account that stands for the project. */
    long getProjectAccountId();

    State getState();

    Date getCreated();

    Date getRemoved();
}
