/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.clusterexport;

import java.util.HashMap;
import java.util.Map;
import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseAsyncCmd;
import org.apache.cloudstack.api.Parameter;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.server.cluster.BackupClusterResponse;
import org.cloudstackbackup.server.job.JobContext;
import org.jspecify.annotations.Nullable;

/** Exports a cluster. */
@APICommand(
        name = "createClusterExport",
        description =
                "Exports a registered cluster to the bucket of its zone's settings, as far as it changed since the last export."
                        + " Parameters take the place of the zone's settings cluster.export.* for this export.",
        responseObject = ClusterExportResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class CreateClusterExportCommand extends BaseAsyncCmd {
    @Inject
    private ClusterExports exports;

    @Inject
    private Caller caller;

    @Inject
    private JobContext job;

    @Parameter(
            name = "clusterid",
            type = CommandType.UUID,
            entityType = BackupClusterResponse.class,
            required = true,
            description = "id of the cluster")
    private Long clusterId;

    @Parameter(
            name = "filteringmode",
            type = CommandType.STRING,
            length = 4096,
            description = "whitelist, blacklist or hybrid")
    private @Nullable String filteringMode;

    @Parameter(
            name = "includeresources",
            type = CommandType.STRING,
            length = 4096,
            description = "types that whitelist and hybrid export")
    private @Nullable String includeResources;

    @Parameter(
            name = "excluderesources",
            type = CommandType.STRING,
            length = 4096,
            description = "types that blacklist and hybrid leave out")
    private @Nullable String excludeResources;

    @Parameter(
            name = "includenamespaces",
            type = CommandType.STRING,
            length = 4096,
            description = "namespaces to export, with * and ?, separated by commas")
    private @Nullable String includeNamespaces;

    @Parameter(
            name = "excludenamespaces",
            type = CommandType.STRING,
            length = 4096,
            description = "namespaces to leave out")
    private @Nullable String excludeNamespaces;

    @Parameter(
            name = "includecrds",
            type = CommandType.STRING,
            length = 4096,
            description = "custom types to export: plural.group")
    private @Nullable String includeCrds;

    @Parameter(
            name = "labelselector",
            type = CommandType.STRING,
            length = 4096,
            description = "only objects with labels that this selector takes")
    private @Nullable String labelSelector;

    @Parameter(
            name = "annotationselector",
            type = CommandType.STRING,
            length = 4096,
            description = "only objects with annotations that this selector takes")
    private @Nullable String annotationSelector;

    @Parameter(
            name = "secretspolicy",
            type = CommandType.STRING,
            length = 4096,
            description = "include, exclude, redact or encrypt")
    private @Nullable String secretsPolicy;

    @Parameter(
            name = "maxresourcesize",
            type = CommandType.STRING,
            length = 4096,
            description = "larger objects are left out, such as 10Mi")
    private @Nullable String maxResourceSize;

    @Parameter(
            name = "followownerreferences",
            type = CommandType.BOOLEAN,
            description = "whether objects that a controller made are exported")
    private @Nullable Boolean followOwners;

    @Parameter(
            name = "includestatus",
            type = CommandType.BOOLEAN,
            description = "whether the status of objects is kept")
    private @Nullable Boolean includeStatus;

    @Parameter(
            name = "includemanagedfields",
            type = CommandType.BOOLEAN,
            description = "whether managedFields are kept")
    private @Nullable Boolean includeManagedFields;

    @Parameter(
            name = "acceptclusteruid",
            type = CommandType.STRING,
            length = 100,
            description =
                    "uid of the namespace kube-system of a cluster that takes the place of the one exported before")
    private @Nullable String acceptClusterUid;

    @Override
    public void execute() {
        ClusterExports.Export made = exports.create(caller, clusterId, chosen(), job);
        setResponseObject(new ClusterExportResponse(made.cluster(), made.run()));
    }

    /** What takes the place of the zone's settings. */
    private Map<String, String> chosen() {
        Map<String, String> chosen = new HashMap<>();
        put(chosen, "FILTERING_MODE", filteringMode);
        put(chosen, "INCLUDE_RESOURCES", includeResources);
        put(chosen, "EXCLUDE_RESOURCES", excludeResources);
        put(chosen, "INCLUDE_NAMESPACES", includeNamespaces);
        put(chosen, "EXCLUDE_NAMESPACES", excludeNamespaces);
        put(chosen, "INCLUDE_CRDS", includeCrds);
        put(chosen, "LABEL_SELECTOR", labelSelector);
        put(chosen, "ANNOTATION_SELECTOR", annotationSelector);
        put(chosen, "SECRETS_POLICY", secretsPolicy);
        put(chosen, "MAX_RESOURCE_SIZE", maxResourceSize);
        put(chosen, "FOLLOW_OWNER_REFERENCES", followOwners);
        put(chosen, "INCLUDE_STATUS", includeStatus);
        put(chosen, "INCLUDE_MANAGED_FIELDS", includeManagedFields);
        put(chosen, "ACCEPT_CLUSTER_UID", acceptClusterUid);
        return chosen;
    }

    private static void put(Map<String, String> chosen, String variable, @Nullable Object value) {
        if (value != null) {
            chosen.put(variable, value.toString());
        }
    }

    @Override
    public String getEventType() {
        return ClusterExports.EXPORT;
    }

    @Override
    public String getEventDescription() {
        return "Exporting a cluster";
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
