/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import java.util.List;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseCmd;

/** Lists of networking beyond the networks that VMs are connected to. */
final class AbsentNetworking {
    private AbsentNetworking() {}

    static List<Class<? extends BaseCmd>> commands() {
        return List.of(
                ListPhysicalNetworks.class,
                ListNetworkServiceProviders.class,
                ListNetworkOfferings.class,
                ListVlanIpRanges.class,
                ListRouters.class,
                ListVirtualRouterElements.class,
                ListVPCs.class,
                ListVPCOfferings.class,
                ListPublicIpAddresses.class,
                ListPortForwardingRules.class,
                ListFirewallRules.class,
                ListLoadBalancerRules.class,
                ListLoadBalancerRuleInstances.class);
    }

    @APICommand(
            name = "listPhysicalNetworks",
            description = "Lists physical networks; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin})
    static final class ListPhysicalNetworks extends EmptyListCommand {}

    @APICommand(
            name = "listNetworkServiceProviders",
            description = "Lists providers of network services; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin})
    static final class ListNetworkServiceProviders extends EmptyListCommand {}

    @APICommand(
            name = "listNetworkOfferings",
            description = "Lists network offerings; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
    static final class ListNetworkOfferings extends EmptyListCommand {}

    @APICommand(
            name = "listVlanIpRanges",
            description = "Lists ranges of public addresses; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin})
    static final class ListVlanIpRanges extends EmptyListCommand {}

    @APICommand(
            name = "listRouters",
            description = "Lists virtual routers; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin})
    static final class ListRouters extends EmptyListCommand {}

    @APICommand(
            name = "listVirtualRouterElements",
            description = "Lists virtual router elements; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin})
    static final class ListVirtualRouterElements extends EmptyListCommand {}

    @APICommand(
            name = "listVPCs",
            description = "Lists VPCs; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
    static final class ListVPCs extends EmptyListCommand {}

    @APICommand(
            name = "listVPCOfferings",
            description = "Lists VPC offerings; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
    static final class ListVPCOfferings extends EmptyListCommand {}

    @APICommand(
            name = "listPublicIpAddresses",
            description = "Lists public addresses; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
    static final class ListPublicIpAddresses extends EmptyListCommand {}

    @APICommand(
            name = "listPortForwardingRules",
            description = "Lists port forwarding rules; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
    static final class ListPortForwardingRules extends EmptyListCommand {}

    @APICommand(
            name = "listFirewallRules",
            description = "Lists firewall rules; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
    static final class ListFirewallRules extends EmptyListCommand {}

    @APICommand(
            name = "listLoadBalancerRules",
            description = "Lists load balancer rules; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
    static final class ListLoadBalancerRules extends EmptyListCommand {}

    @APICommand(
            name = "listLoadBalancerRuleInstances",
            description = "Lists VMs behind a load balancer rule; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
    static final class ListLoadBalancerRuleInstances extends EmptyListCommand {}
}
