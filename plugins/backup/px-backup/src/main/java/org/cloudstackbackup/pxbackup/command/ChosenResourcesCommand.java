/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import java.util.List;
import java.util.Map;
import org.apache.cloudstack.api.Parameter;
import org.cloudstackbackup.pxbackup.client.Parameters;
import org.jspecify.annotations.Nullable;

/** What backups and schedules are told alike: what is backed up, and how. */
@SuppressWarnings("NullAway.Init")
abstract class ChosenResourcesCommand extends PxBackupCommand {
    @Parameter(
            name = "name",
            type = CommandType.STRING,
            required = true,
            length = 253,
            description = "name of the object")
    private String name;

    @Parameter(
            name = "labels",
            type = CommandType.MAP,
            description = "labels of the object: labels[0].key=a, labels[0].value=b")
    private @Nullable Map<String, Map<String, String>> labels;

    @Parameter(
            name = "ownershipowner",
            type = CommandType.STRING,
            description = "id, at the token issuer, of the user that the object belongs to; only an "
                    + "administrator of PX-Backup may change it")
    private @Nullable String ownershipOwner;

    @Parameter(
            name = "ownershipgroups",
            type = CommandType.MAP,
            description = "groups that may use the object, each with ownershipgroups[0].id=x and "
                    + "ownershipgroups[0].access=Read, Write or Admin")
    private @Nullable Map<String, Map<String, String>> ownershipGroups;

    @Parameter(
            name = "ownershipcollaborators",
            type = CommandType.MAP,
            description = "users that may use the object, each with ownershipcollaborators[0].id=x and "
                    + "ownershipcollaborators[0].access=Read, Write or Admin")
    private @Nullable Map<String, Map<String, String>> ownershipCollaborators;

    @Parameter(
            name = "ownershippublic",
            type = CommandType.STRING,
            description = "what everybody may do with the object: Read, Write or Admin")
    private @Nullable String ownershipPublic;

    @Parameter(
            name = "cluster",
            type = CommandType.STRING,
            length = 253,
            description = "name or uid of the cluster, for servers that look at it beside clusterref")
    private @Nullable String cluster;

    @Parameter(
            name = "preexecruleref",
            type = CommandType.MAP,
            description = "rule that runs before; for VirtualMachine only with skipvmautoexecrules: "
                    + "preexecruleref[0].name=x, preexecruleref[0].uid=y, or both")
    private @Nullable Map<String, Map<String, String>> preExecRuleRef;

    @Parameter(
            name = "postexecruleref",
            type = CommandType.MAP,
            description = "rule that runs after; for VirtualMachine only with skipvmautoexecrules: "
                    + "postexecruleref[0].name=x, postexecruleref[0].uid=y, or both")
    private @Nullable Map<String, Map<String, String>> postExecRuleRef;

    @Parameter(
            name = "backuptype",
            type = CommandType.STRING,
            description = "Normal takes snapshots of the storage, Generic copies files; Normal when missing")
    private @Nullable String backupType;

    @Parameter(
            name = "namespaces",
            type = CommandType.LIST,
            collectionType = CommandType.STRING,
            description = "namespaces to back up; needed unless nslabelselectors or VirtualMachine is given")
    private @Nullable List<String> namespaces;

    @Parameter(
            name = "labelselectors",
            type = CommandType.MAP,
            description = "labels of the objects to back up: labelselectors[0].key=a, labelselectors[0].value=b")
    private @Nullable Map<String, Map<String, String>> labelSelectors;

    @Parameter(
            name = "resourcetypes",
            type = CommandType.LIST,
            collectionType = CommandType.STRING,
            description = "kinds of objects to back up, such as Deployment; not for VirtualMachine")
    private @Nullable List<String> resourceTypes;

    @Parameter(
            name = "excluderesourcetypes",
            type = CommandType.LIST,
            collectionType = CommandType.STRING,
            description = "kinds of objects to leave out")
    private @Nullable List<String> excludeResourceTypes;

    @Parameter(
            name = "includeresources",
            type = CommandType.MAP,
            description =
                    "objects to back up, each with includeresources[0].name, namespace, group, kind and " + "version")
    private @Nullable Map<String, Map<String, String>> includeResources;

    @Parameter(
            name = "backupobjecttype",
            type = CommandType.STRING,
            description = "what is backed up: All or VirtualMachine; All when missing")
    private @Nullable String backupObjectType;

    @Parameter(
            name = "nslabelselectors",
            type = CommandType.STRING,
            length = 4096,
            description = "namespaces by their labels, such as env=prod,tier in (a,b)")
    private @Nullable String nsLabelSelectors;

    @Parameter(
            name = "directkdmp",
            type = CommandType.BOOLEAN,
            description = "whether files are copied without a snapshot before, for Generic")
    private @Nullable Boolean directKdmp;

    @Parameter(
            name = "skipvmautoexecrules",
            type = CommandType.BOOLEAN,
            description = "for VirtualMachine: whether guests are not frozen and thawed by themselves")
    private @Nullable Boolean skipVmAutoExecRules;

    @Parameter(
            name = "volumesnapshotclassmapping",
            type = CommandType.MAP,
            description = "snapshot class for each provisioner: volumesnapshotclassmapping[0].key=provisioner, "
                    + "volumesnapshotclassmapping[0].value=class")
    private @Nullable Map<String, Map<String, String>> volumeSnapshotClassMapping;

    @Parameter(
            name = "csisnapshotclassname",
            type = CommandType.STRING,
            length = 253,
            description =
                    "snapshot class for all volumes; old servers only, others take " + "volumesnapshotclassmapping")
    private @Nullable String csiSnapshotClassName;

    @Parameter(
            name = "parallelbackup",
            type = CommandType.BOOLEAN,
            description = "whether a run may begin while another still goes on; of schedules only, a single "
                    + "backup does not look at it")
    private @Nullable Boolean parallelBackup;

    @Parameter(
            name = "keepcrstatus",
            type = CommandType.BOOLEAN,
            description = "whether the state of custom resources is kept")
    private @Nullable Boolean keepCrStatus;

    @Parameter(
            name = "advancedresourcelabelselector",
            type = CommandType.STRING,
            length = 4096,
            description = "objects by their labels, such as env=prod,tier notin (a,b); instead of " + "labelselectors")
    private @Nullable String advancedResourceLabelSelector;

    @Parameter(
            name = "volumeresourceonlypolicyref",
            type = CommandType.MAP,
            description = "policy that names volumes whose data is not backed up: "
                    + "volumeresourceonlypolicyref[0].name=x, volumeresourceonlypolicyref[0].uid=y, or both")
    private @Nullable Map<String, Map<String, String>> volumeResourceOnlyPolicyRef;

    @Override
    Parameters parameters() {
        return super.parameters()
                .with("name", name)
                .with("labels", MapParameter.pairs("labels", labels))
                .with("cluster", cluster)
                .with("pre_exec_rule_ref", MapParameter.one("preexecruleref", preExecRuleRef))
                .with("post_exec_rule_ref", MapParameter.one("postexecruleref", postExecRuleRef))
                .with("backup_type", backupType)
                .with("namespaces", namespaces)
                .with("label_selectors", MapParameter.pairs("labelselectors", labelSelectors))
                .with("resource_types", resourceTypes)
                .with("exclude_resource_types", excludeResourceTypes)
                .with("include_resources", MapParameter.many(includeResources))
                .with("backup_object_type", backupObjectType)
                .with("ns_label_selectors", nsLabelSelectors)
                .with("direct_kdmp", directKdmp)
                .with("skip_vm_auto_exec_rules", skipVmAutoExecRules)
                .with(
                        "volume_snapshot_class_mapping",
                        MapParameter.pairs("volumesnapshotclassmapping", volumeSnapshotClassMapping))
                .with("csi_snapshot_class_name", csiSnapshotClassName)
                .with("parallel_backup", parallelBackup)
                .with("keep_cr_status", keepCrStatus)
                .with("advanced_resource_label_selector", advancedResourceLabelSelector)
                .with(
                        "volume_resource_only_policy_ref",
                        MapParameter.one("volumeresourceonlypolicyref", volumeResourceOnlyPolicyRef))
                .with(
                        "ownership",
                        MapParameter.ownership(
                                ownershipOwner, ownershipGroups, ownershipCollaborators, ownershipPublic));
    }
}
