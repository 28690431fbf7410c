/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;

/**
 * Reads what backups are made with: policies, locations, clusters, rules, credentials. Of the connection's organisation; lists come
 * whole. Secrets are never asked for. For many threads.
 */
public final class Catalogue {
    private static final String VOLUME_POLICIES = "volumeresourceonlypolicy";
    private static final String VOLUME_POLICY = "volume_resource_only_policy";

    private final Connection connection;

    Catalogue(Connection connection) {
        this.connection = connection;
    }

    public List<SchedulePolicyObject> schedulePolicies() {
        return list("schedulepolicy", "", "schedule_policies", SchedulePolicyObject.class);
    }

    /** The uid is needed before 2.10. */
    public SchedulePolicyObject schedulePolicy(ObjectRef ref) {
        return one("schedulepolicy", ref, "schedule_policy", SchedulePolicyObject.class);
    }

    /** All locations, those whose validation goes on or has failed included. */
    public List<BackupLocationObject> locations() {
        return list("backuplocation", "?include_validation_state=true", "backup_locations", BackupLocationObject.class);
    }

    /** The uid is needed before 2.10. */
    public BackupLocationObject location(ObjectRef ref) {
        return one("backuplocation", ref, "backup_location", BackupLocationObject.class);
    }

    public List<ClusterObject> clusters() {
        return list("cluster", "", "clusters", ClusterObject.class);
    }

    /** The uid is needed before 2.10. */
    public ClusterObject cluster(ObjectRef ref) {
        return one("cluster", ref, "cluster", ClusterObject.class);
    }

    public List<RuleObject> rules() {
        return list("rule", "", "rules", RuleObject.class);
    }

    /** The uid is needed before 2.10. */
    public RuleObject rule(ObjectRef ref) {
        return one("rule", ref, "rule", RuleObject.class);
    }

    public List<CloudCredentialObject> credentials() {
        return list("cloudcredential", "", "cloud_credentials", CloudCredentialObject.class);
    }

    /** The uid is needed before 2.10. */
    public CloudCredentialObject credential(ObjectRef ref) {
        return one("cloudcredential", ref, "cloud_credential", CloudCredentialObject.class);
    }

    /** Policies that name volumes whose data is not backed up; from 2.9 on. */
    public List<VolumePolicyObject> volumePolicies() {
        connection.line().require("A volume resource only policy", "2.9");
        return list(VOLUME_POLICIES, "", "volume_resource_only_policies", VolumePolicyObject.class);
    }

    /** From 2.9 on; the uid is needed before 2.10. */
    public VolumePolicyObject volumePolicy(ObjectRef ref) {
        connection.line().require("A volume resource only policy", "2.9");
        return one(VOLUME_POLICIES, ref, VOLUME_POLICY, VolumePolicyObject.class);
    }

    /** The kinds of objects that can be backed up on a cluster. */
    public List<String> resourceTypes(ObjectRef cluster) {
        ObjectNode query = Json.object();
        query.set("cluster_ref", Shape.REF.read("cluster_ref", Json.tree(cluster)));
        return list("resourceType", Query.of(query), "resource_types", String.class);
    }

    public List<OrganizationObject> organisations() {
        String told = "GET /v1/organization";
        JsonNode reply = Json.read(connection.send(Call.get("/v1/organization")).body(), JsonNode.class, told);
        return entries(reply, "organizations", OrganizationObject.class, told);
    }

    private <T> List<T> list(String kind, String query, String key, Class<T> type) {
        String path = "/v1/" + kind + "/" + Call.encode(connection.organisation());
        JsonNode reply = connection.inDialect(line -> Call.get(path + query), JsonNode.class, "GET " + path);
        return entries(reply, key, type, "GET " + path);
    }

    /** An empty list is an absent one. */
    private static <T> List<T> entries(JsonNode reply, String key, Class<T> type, String told) {
        if (!reply.isObject() || !(reply.path(key).isArray() || reply.path(key).isMissingNode())) {
            throw new PxBackupException(Reason.MALFORMED, told + " answered no list of " + key, null);
        }
        List<T> all = new ArrayList<>();
        reply.path(key).forEach(each -> all.add(Json.convert(each, type, told)));
        return List.copyOf(all);
    }

    private <T> T one(String kind, ObjectRef ref, String key, Class<T> type) {
        JsonNode checked = Shape.NAMED_REF.read(key + "_ref", Json.tree(ref));
        Target target = new Target(
                connection.organisation(),
                checked.path("name").asText(""),
                checked.path("uid").asText(""));
        String told = "GET " + kind + " " + target.name();
        JsonNode reply =
                connection.inDialect(line -> Call.get(target.moved("/v1/" + kind, line)), JsonNode.class, told);
        if (!reply.path(key).isObject()) {
            throw new PxBackupException(Reason.MALFORMED, told + " answered without it", null);
        }
        return Json.convert(reply.path(key), type, told);
    }
}
