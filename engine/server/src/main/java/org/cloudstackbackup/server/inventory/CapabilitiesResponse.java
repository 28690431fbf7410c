/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.server.api.ApiRules.RequestLimit;
import org.jspecify.annotations.Nullable;

/** What this server can do, in CloudStack's terms. Limits of the call rate are left out, as there are none. */
@SuppressWarnings("UnusedVariable")
public final class CapabilitiesResponse extends BaseResponse {
    @SerializedName("cloudstackversion")
    @Param(description = "version of CloudStack whose API this is")
    private final String cloudstackversion = "4.22.0.0";

    @SerializedName("securitygroupsenabled")
    @Param(description = "whether security groups are used")
    private final boolean securitygroupsenabled = false;

    @SerializedName("dynamicrolesenabled")
    @Param(description = "whether users have roles")
    private final boolean dynamicrolesenabled = true;

    @SerializedName("userpublictemplateenabled")
    @Param(description = "whether users may publish templates")
    private final boolean userpublictemplateenabled = false;

    @SerializedName("supportELB")
    @Param(description = "whether elastic load balancing is there")
    private final String supportELB = "false";

    @SerializedName("projectinviterequired")
    @Param(description = "whether invitations to projects must be accepted")
    private final boolean projectinviterequired = false;

    @SerializedName("allowusercreateprojects")
    @Param(description = "whether users may create projects")
    private final boolean allowusercreateprojects;

    @SerializedName("customdiskofferingminsize")
    @Param(description = "smallest custom volume in GiB")
    private final long customdiskofferingminsize = 1;

    @SerializedName("customdiskofferingmaxsize")
    @Param(description = "largest custom volume in GiB")
    private final long customdiskofferingmaxsize = 1024;

    @SerializedName("regionsecondaryenabled")
    @Param(description = "whether regions share secondary storage")
    private final boolean regionsecondaryenabled = false;

    @SerializedName("kvmsnapshotenabled")
    @Param(description = "whether KVM snapshots are there")
    private final boolean kvmsnapshotenabled = false;

    @SerializedName("allowuserviewdestroyedvm")
    @Param(description = "whether users see destroyed VMs")
    private final boolean allowuserviewdestroyedvm = false;

    @SerializedName("allowuserexpungerecovervm")
    @Param(description = "whether users may expunge and recover VMs")
    private final boolean allowuserexpungerecovervm = false;

    @SerializedName("allowuserexpungerecovervolume")
    @Param(description = "whether users may expunge and recover volumes")
    private final boolean allowuserexpungerecovervolume = true;

    @SerializedName("allowuserviewalldomainaccounts")
    @Param(description = "whether users see all accounts of their domain")
    private final boolean allowuserviewalldomainaccounts = false;

    @SerializedName("allowuserforcestopvm")
    @Param(description = "whether users may stop VMs by force")
    private final boolean allowuserforcestopvm = true;

    @SerializedName("kubernetesserviceenabled")
    @Param(description = "whether Kubernetes clusters can be made")
    private final boolean kubernetesserviceenabled = false;

    @SerializedName("kubernetesclusterexperimentalfeaturesenabled")
    @Param(description = "whether its experiments are on")
    private final boolean kubernetesclusterexperimentalfeaturesenabled = false;

    @SerializedName("customhypervisordisplayname")
    @Param(description = "name of the custom hypervisor")
    private final String customhypervisordisplayname = "Custom";

    @SerializedName("defaultuipagesize")
    @Param(description = "page size of the UI")
    private final long defaultuipagesize = 20;

    @SerializedName("instancesstatsretentiontime")
    @Param(description = "minutes for which statistics of VMs are kept")
    private final int instancesstatsretentiontime = 0;

    @SerializedName("instancesstatsuseronly")
    @Param(description = "whether statistics are of user VMs only")
    private final boolean instancesstatsuseronly = true;

    @SerializedName("instancesdisksstatsretentionenabled")
    @Param(description = "whether statistics of volumes are kept")
    private final boolean instancesdisksstatsretentionenabled = false;

    @SerializedName("instancesdisksstatsretentiontime")
    @Param(description = "minutes for which statistics of volumes are kept")
    private final int instancesdisksstatsretentiontime = 0;

    @SerializedName("sharedfsvmmincpucount")
    @Param(description = "least processors of a shared file system")
    private final int sharedfsvmmincpucount = 0;

    @SerializedName("sharedfsvmminramsize")
    @Param(description = "least memory of a shared file system in MiB")
    private final int sharedfsvmminramsize = 0;

    @SerializedName("instanceleaseenabled")
    @Param(description = "whether VMs can have a lease")
    private final boolean instanceleaseenabled = false;

    @SerializedName("dynamicscalingenabled")
    @Param(description = "whether running VMs can be resized")
    private final boolean dynamicscalingenabled = false;

    @SerializedName("additionalconfigenabled")
    @Param(description = "whether VMs can have additional configuration")
    private final boolean additionalconfigenabled = false;

    @SerializedName("apilimitinterval")
    @Param(description = "seconds after which calls are counted anew; absent while calls are not limited")
    private final @Nullable Long apilimitinterval;

    @SerializedName("apilimitmax")
    @Param(description = "most calls in that time; absent while calls are not limited")
    private final @Nullable Integer apilimitmax;

    @SerializedName("extensionspath")
    @Param(
            description = "directory of extensions; empty, as there are none",
            authorized = {RoleType.Admin})
    private final String extensionspath = "";

    CapabilitiesResponse(boolean usersMakeProjects, @Nullable RequestLimit requestLimit) {
        this.apilimitinterval =
                requestLimit == null ? null : requestLimit.interval().toSeconds();
        this.apilimitmax = requestLimit == null ? null : requestLimit.calls();
        this.allowusercreateprojects = usersMakeProjects;
        setObjectName("capability");
    }
}
