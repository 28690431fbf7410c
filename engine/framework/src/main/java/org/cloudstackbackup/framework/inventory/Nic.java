/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

/** A VM's interface, with the network's names for people. */
public record Nic(
        String uuid,
        String networkUuid,
        String networkName,
        int deviceId,
        String macAddress,
        String ipAddress,
        String netmask,
        String gateway,
        boolean isDefault) {}
