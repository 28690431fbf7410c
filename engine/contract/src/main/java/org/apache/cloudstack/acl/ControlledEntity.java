/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.acl;

import com.cloud.domain.PartOf;
import com.cloud.user.OwnedBy;

/** Something that an account owns and to which access is checked. */
public interface ControlledEntity extends OwnedBy, PartOf {
    /** Who shares the entity. */
    enum ACLType {
        Account,
        Domain
    }

    String getName();

    Class<?> getEntityType();
}
