/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.Accounts.Holdings;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.cloudstackbackup.framework.inventory.ListedVm;
import org.cloudstackbackup.framework.inventory.ListedVolume;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.inventory.VmFilter;
import org.cloudstackbackup.framework.inventory.VmState;
import org.cloudstackbackup.framework.inventory.VolumeFilter;
import org.cloudstackbackup.server.identity.Belongings;

/** The VMs and volumes of an account, as a whole. */
final class OwnedInventory implements Belongings {
    private final InventoryStores stores;
    private final VmService vms;
    private final VolumeService volumes;

    OwnedInventory(InventoryStores stores, VmService vms, VolumeService volumes) {
        this.stores = requireNonNull(stores, "stores is null");
        this.vms = requireNonNull(vms, "vms is null");
        this.volumes = requireNonNull(volumes, "volumes is null");
    }

    @Override
    public void stop(Caller caller, long accountId) {
        for (Vm vm : vmsOf(accountId)) {
            if (vm.state() == VmState.RUNNING) {
                vms.stop(caller, vm.id());
            }
        }
    }

    @Override
    public void remove(Caller caller, long accountId) {
        Holdings holdings = stores.accounts().holdings(accountId);
        if (holdings.backups() > 0) {
            throw Require.conflict(
                    "account " + accountId,
                    "Nothing was removed: there are " + holdings.backups()
                            + " backup(s), which are never removed along with something else; delete them first");
        }
        for (Vm vm : vmsOf(accountId)) {
            vms.destroy(caller, vm.id(), true, List.of());
        }
        OwnerScope owned = new OwnerScope.OneAccount(accountId);
        stores.volumes().page(VolumeFilter.of(owned, List.of()), PageRequest.ALL).items().stream()
                .map(ListedVolume::volume)
                .forEach(volume -> volumes.delete(caller, volume.id()));
    }

    private List<Vm> vmsOf(long accountId) {
        OwnerScope owned = new OwnerScope.OneAccount(accountId);
        return stores.vms().page(VmFilter.of(owned, List.of()), PageRequest.ALL).items().stream()
                .map(ListedVm::vm)
                .toList();
    }
}
