/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.backup;

import static java.util.Objects.requireNonNull;

import com.google.gson.Gson;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cloudstackbackup.framework.inventory.Nic;
import org.cloudstackbackup.framework.inventory.Vms;

/** What is written down beside a backup of the VM, so that a new VM can be made from it when the old one is gone. */
public final class VmDetails {
    private static final Gson GSON = new Gson();

    private final VmCatalog catalog;
    private final Vms vms;

    public VmDetails(VmCatalog catalog, Vms vms) {
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.vms = requireNonNull(vms, "vms is null");
    }

    /** CloudStack's details of a backup, by VM id, as the VMs are now; three statements for any number of VMs. */
    public Map<Long, Map<String, String>> of(Collection<Long> vmIds) {
        Map<Long, Map<String, String>> described = catalog.describeAll(vmIds);
        Map<Long, List<Nic>> nics = vms.nicsOf(vmIds);
        Map<Long, Map<String, String>> settings = vms.detailsOf(vmIds);
        Map<Long, Map<String, String>> all = new HashMap<>();
        for (long id : vmIds) {
            Map<String, String> details = new HashMap<>(described.getOrDefault(id, Map.of()));
            details.put(
                    "nics",
                    GSON.toJson(nics.getOrDefault(id, List.of()).stream()
                            .map(Machines.BackedNic::of)
                            .toList()));
            details.put("vmsettings", GSON.toJson(settings.getOrDefault(id, Map.of())));
            all.put(id, details);
        }
        return all;
    }
}
