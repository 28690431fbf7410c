/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import org.cloudstackbackup.framework.identity.Accounts;
import org.cloudstackbackup.framework.identity.Projects;
import org.cloudstackbackup.framework.inventory.DiskOfferings;
import org.cloudstackbackup.framework.inventory.GuestOses;
import org.cloudstackbackup.framework.inventory.Networks;
import org.cloudstackbackup.framework.inventory.ServiceOfferings;
import org.cloudstackbackup.framework.inventory.Templates;
import org.cloudstackbackup.framework.inventory.VmStore;
import org.cloudstackbackup.framework.inventory.VolumeStore;
import org.cloudstackbackup.framework.inventory.ZoneStore;

/** Where the inventory is kept. */
public record InventoryStores(
        ZoneStore zones,
        ServiceOfferings serviceOfferings,
        DiskOfferings diskOfferings,
        GuestOses guestOses,
        Templates templates,
        Networks networks,
        VmStore vms,
        VolumeStore volumes,
        Accounts accounts,
        Projects projects) {}
