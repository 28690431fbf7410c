/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

import java.time.Instant;
import org.cloudstackbackup.framework.identity.Owner;
import org.jspecify.annotations.Nullable;

/**
 * A network that VMs are connected to.
 *
 * @param cidr IPv4 range, such as {@code 10.1.0.0/16}
 */
public record Network(
        long id,
        String uuid,
        String name,
        @Nullable String displayText,
        String guestType,
        String aclType,
        String cidr,
        String gateway,
        long zoneId,
        Owner owner,
        Instant created,
        @Nullable Instant removed) {}
