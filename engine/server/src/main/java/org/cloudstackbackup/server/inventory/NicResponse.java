/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.framework.inventory.Nic;

/** A VM's interface on the wire; Gson reads the fields. */
@SuppressWarnings("UnusedVariable")
public final class NicResponse extends BaseResponse {
    @SerializedName("id")
    @Param(description = "id of the interface")
    private final String id;

    @SerializedName("networkid")
    @Param(description = "id of the network")
    private final String networkid;

    @SerializedName("networkname")
    @Param(description = "name of the network")
    private final String networkname;

    @SerializedName("deviceid")
    @Param(description = "position in the VM")
    private final int deviceid;

    @SerializedName("macaddress")
    @Param(description = "MAC address")
    private final String macaddress;

    @SerializedName("ipaddress")
    @Param(description = "IPv4 address")
    private final String ipaddress;

    @SerializedName("netmask")
    @Param(description = "IPv4 netmask")
    private final String netmask;

    @SerializedName("gateway")
    @Param(description = "IPv4 gateway")
    private final String gateway;

    @SerializedName("isdefault")
    @Param(description = "whether it is the VM's default interface")
    private final boolean isdefault;

    @SerializedName("traffictype")
    @Param(description = "always Guest")
    private final String traffictype;

    @SerializedName("type")
    @Param(description = "kind of the network")
    private final String type;

    NicResponse(Nic nic) {
        id = nic.uuid();
        networkid = nic.networkUuid();
        networkname = nic.networkName();
        deviceid = nic.deviceId();
        macaddress = nic.macAddress();
        ipaddress = nic.ipAddress();
        netmask = nic.netmask();
        gateway = nic.gateway();
        isdefault = nic.isDefault();
        traffictype = "Guest";
        type = "Shared";
        setObjectName("nic");
    }
}
