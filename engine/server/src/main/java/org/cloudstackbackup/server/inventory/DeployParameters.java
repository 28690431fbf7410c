/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cloudstackbackup.framework.inventory.DiskOffering;
import org.cloudstackbackup.framework.inventory.Network;
import org.cloudstackbackup.framework.inventory.Template;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of deployment that are more than one value. */
final class DeployParameters {
    /** What CloudStack has and would change the result; better refused than ignored. */
    private static final Set<String> UNSUPPORTED = Set.of(
            "affinitygroupids",
            "affinitygroupnames",
            "clusterid",
            "customid",
            "datadiskofferinglist",
            "deploymentplanner",
            "dhcpoptionsnetworklist",
            "extraconfig",
            "group",
            "hostid",
            "ip6address",
            "keypair",
            "keypairs",
            "leaseduration",
            "leaseexpiryaction",
            "macaddress",
            "nicnetworklist",
            "overridediskofferingid",
            "password",
            "podid",
            "securitygroupids",
            "securitygroupnames",
            "snapshotid",
            "storageid",
            "userdata",
            "userdatadetails",
            "userdataid");

    private static final int LONGEST_DETAIL_NAME = 255;
    private static final int LONGEST_DETAIL = 5120;

    private final InventoryStores stores;

    DeployParameters(InventoryStores stores) {
        this.stores = stores;
    }

    static void refuseUnsupported(Map<String, String> params) {
        params.forEach((name, value) -> {
            int bracket = name.indexOf('[');
            String plain = (bracket < 0 ? name : name.substring(0, bracket)).toLowerCase(Locale.ROOT);
            if (UNSUPPORTED.contains(plain) && !value.isEmpty()) {
                throw Require.user(plain, "Parameter " + plain + " is not supported by this server; leave it out");
            }
        });
    }

    /** Details that fit into their columns. */
    static Map<String, String> details(Map<String, String> details) {
        details.forEach((name, value) -> {
            if (name.isBlank() || name.length() > LONGEST_DETAIL_NAME || value.length() > LONGEST_DETAIL) {
                throw Require.user(
                        "details",
                        "Parameter details: names must have 1 to " + LONGEST_DETAIL_NAME
                                + " characters and values at most " + LONGEST_DETAIL);
            }
        });
        return details;
    }

    void checkHypervisor(@Nullable String hypervisor, long templateId) {
        Optional<Template> template = stores.templates().find(templateId);
        if (hypervisor != null
                && template.isPresent()
                && !hypervisor.equalsIgnoreCase(template.get().hypervisorType())) {
            throw Require.user(
                    "hypervisor",
                    "Parameter hypervisor: '" + hypervisor + "' is not what template "
                            + template.get().name() + " is for, "
                            + template.get().hypervisorType());
        }
    }

    /** In the order of the entries' {@code deviceid}s, where given, else as they were written. */
    List<VmService.DataDisk> dataDisks(@Nullable Map<String, Map<String, String>> entries) {
        List<VmService.DataDisk> disks = new ArrayList<>();
        if (entries != null) {
            for (Map<String, String> entry : entries.values()) {
                if (entry.containsKey("miniops") || entry.containsKey("maxiops")) {
                    throw Require.user("datadisksdetails", "datadisksdetails: miniops and maxiops are not supported");
                }
                disks.add(disk(entry, disks.size() + 1L));
            }
        }
        return disks;
    }

    private VmService.DataDisk disk(Map<String, String> entry, long position) {
        String uuid = entry.getOrDefault("diskofferingid", "");
        DiskOffering offering = stores.diskOfferings()
                .findByUuid(uuid)
                .filter(found -> found.removed() == null)
                .orElseThrow(() -> Require.user(
                        "datadisksdetails",
                        "datadisksdetails: there is no disk offering with diskofferingid '" + uuid + "'"));
        Long device = number(entry, "deviceid");
        if (device != null && device != position) {
            throw Require.user(
                    "datadisksdetails",
                    "datadisksdetails: deviceid " + device
                            + " is out of order; entries take the devices 1, 2, ... as written");
        }
        return new VmService.DataDisk(offering.id(), number(entry, "size"));
    }

    private static @Nullable Long number(Map<String, String> entry, String key) {
        String value = entry.get(key);
        if (value == null || value.isEmpty()) {
            return null;
        }
        try {
            return Long.valueOf(value.strip());
        } catch (NumberFormatException e) {
            throw new ProviderException(
                    ErrorKind.USER,
                    "datadisksdetails",
                    "datadisksdetails: " + key + " '" + value + "' is not a whole number",
                    e);
        }
    }

    /** Networks in order, and the addresses wanted in them. */
    record Addresses(List<Long> networks, Map<Long, String> wanted) {}

    Addresses addresses(
            long zoneId,
            @Nullable List<Long> networkIds,
            @Nullable String ipAddress,
            @Nullable Map<String, Map<String, String>> ipToNetwork) {
        List<Long> networks = new ArrayList<>(networkIds == null ? List.of() : networkIds);
        Map<Long, String> wanted = new HashMap<>();
        if (ipToNetwork != null) {
            if (!networks.isEmpty() || ipAddress != null) {
                throw Require.user(
                        "iptonetworklist", "Parameter iptonetworklist cannot go with networkids or ipaddress");
            }
            ipToNetwork.values().forEach(entry -> add(entry, networks, wanted));
        }
        if (ipAddress != null) {
            if (networks.isEmpty()) {
                stores.networks().defaultOf(zoneId).map(Network::id).ifPresent(networks::add);
            }
            networks.stream().findFirst().ifPresent(first -> wanted.put(first, ipAddress));
        }
        return new Addresses(networks, wanted);
    }

    private void add(Map<String, String> entry, List<Long> networks, Map<Long, String> wanted) {
        if (entry.containsKey("ipv6") || entry.containsKey("mac")) {
            throw Require.user("iptonetworklist", "iptonetworklist: ipv6 and mac are not supported");
        }
        String uuid = entry.getOrDefault("networkid", "");
        long network = stores.networks()
                .findByUuid(uuid)
                .orElseThrow(() -> Require.user(
                        "iptonetworklist", "iptonetworklist: there is no network with networkid '" + uuid + "'"))
                .id();
        networks.add(network);
        String address = entry.get("ip");
        if (address != null) {
            wanted.put(network, address);
        }
    }
}
