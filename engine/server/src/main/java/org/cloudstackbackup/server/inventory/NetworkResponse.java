/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import java.util.Date;
import java.util.List;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.inventory.Ipv4Range;
import org.cloudstackbackup.framework.inventory.Network;
import org.cloudstackbackup.framework.inventory.Networks.ListedNetwork;
import org.jspecify.annotations.Nullable;

/** A network. */
@SuppressWarnings("UnusedVariable")
public final class NetworkResponse extends BaseResponse {
    @SerializedName("id")
    @Param(description = "id of the network")
    private @Nullable String id;

    @SerializedName("name")
    @Param(description = "name")
    private @Nullable String name;

    @SerializedName("displaytext")
    @Param(description = "description")
    private @Nullable String displaytext;

    @SerializedName("type")
    @Param(description = "Shared or Isolated")
    private @Nullable String type;

    @SerializedName("acltype")
    @Param(description = "Domain or Account")
    private @Nullable String acltype;

    @SerializedName("traffictype")
    @Param(description = "always Guest")
    private @Nullable String traffictype;

    @SerializedName("state")
    @Param(description = "always Implemented")
    private @Nullable String state;

    @SerializedName("cidr")
    @Param(description = "range of its addresses")
    private @Nullable String cidr;

    @SerializedName("gateway")
    @Param(description = "address of the gateway")
    private @Nullable String gateway;

    @SerializedName("netmask")
    @Param(description = "netmask")
    private @Nullable String netmask;

    @SerializedName("canusefordeploy")
    @Param(description = "whether VMs can be connected; always true")
    private @Nullable Boolean canusefordeploy;

    @SerializedName("issystem")
    @Param(description = "whether it is for system VMs; always false")
    private @Nullable Boolean issystem;

    @SerializedName("restartrequired")
    @Param(description = "whether it waits for a restart; always false")
    private @Nullable Boolean restartrequired;

    @SerializedName("service")
    @Param(description = "services of the network; always empty")
    private @Nullable List<String> service;

    @SerializedName("created")
    @Param(description = "when it was made")
    private @Nullable Date created;

    @SerializedName("zoneid")
    @Param(description = "id of the zone")
    private @Nullable String zoneid;

    @SerializedName("zonename")
    @Param(description = "name of the zone")
    private @Nullable String zonename;

    @SerializedName("account")
    @Param(description = "owner")
    private @Nullable String account;

    @SerializedName("domainid")
    @Param(description = "id of the owner's domain")
    private @Nullable String domainid;

    @SerializedName("domain")
    @Param(description = "name of the owner's domain")
    private @Nullable String domain;

    @SerializedName("domainpath")
    @Param(description = "path of the owner's domain")
    private @Nullable String domainpath;

    NetworkResponse(ListedNetwork listed) {
        setObjectName("network");
        Network network = listed.network();
        this.id = network.uuid();
        this.name = network.name();
        this.displaytext = network.displayText();
        this.type = network.guestType();
        this.acltype = network.aclType();
        this.traffictype = "Guest";
        this.state = "Implemented";
        this.cidr = network.cidr();
        this.gateway = network.gateway();
        this.netmask = Ipv4Range.of(network.cidr()).netmask();
        this.canusefordeploy = true;
        this.issystem = false;
        this.restartrequired = false;
        this.service = List.of();
        this.created = Date.from(network.created());
        this.zoneid = listed.zone().uuid();
        this.zonename = listed.zone().name();
        this.account = listed.owner().account();
        this.domainid = listed.owner().domainUuid();
        this.domain = listed.owner().domain();
        this.domainpath = Domain.displayPath(listed.owner().domainPath());
    }

    @Override
    public @Nullable String getObjectId() {
        return id;
    }
}
