/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import org.cloudstackbackup.framework.inventory.DiskOfferings;
import org.cloudstackbackup.framework.inventory.GuestOses;
import org.cloudstackbackup.framework.inventory.Networks;
import org.cloudstackbackup.framework.inventory.ServiceOfferings;
import org.cloudstackbackup.framework.inventory.Templates;
import org.cloudstackbackup.framework.inventory.VmStore;
import org.cloudstackbackup.framework.inventory.ZoneStore;

/** Where the catalog is kept: what VMs are made of and where they live. */
public record CatalogStores(
        ZoneStore zones,
        ServiceOfferings serviceOfferings,
        DiskOfferings diskOfferings,
        Templates templates,
        GuestOses guestOses,
        Networks networks,
        VmStore vms) {}
