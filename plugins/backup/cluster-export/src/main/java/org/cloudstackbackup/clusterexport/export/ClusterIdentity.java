/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.catalog.RunRecord;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.kube.ApiServer;
import org.cloudstackbackup.clusterexport.kube.ListedNames;
import org.cloudstackbackup.clusterexport.observe.EventLog;

/**
 * Tells clusters of one name apart by the uid of their namespace {@code kube-system}, which lives as long as the cluster does: to an empty cluster
 * in the place of another all objects would seem to have vanished.
 */
final class ClusterIdentity {
    private static final String NAMESPACES = "/api/v1/namespaces";
    private static final String EVERYWHERE = "kube-system";

    private final ApiServer server;
    private final Retry retry;
    private final EventLog log;

    ClusterIdentity(ApiServer server, Retry retry, EventLog log) {
        this.server = requireNonNull(server, "server is null");
        this.retry = requireNonNull(retry, "retry is null");
        this.log = requireNonNull(log, "log is null");
    }

    /**
     * The uid to record: the cluster's own, or, where it cannot be read, that of the newest run.
     *
     * @param uid what {@link #uid} gave
     * @param newest the newest run
     * @param accepted the uid of a cluster that may take the place of another; empty for none
     * @throws CallFailed when the newest run is of another cluster
     */
    String confirm(String uid, RunRecord newest, String accepted) {
        String recorded = newest.source().clusterUid();
        if (uid.isEmpty() || recorded.isEmpty() || uid.equals(recorded)) {
            return uid.isEmpty() ? recorded : uid;
        }
        Map<String, Object> data = JsonTree.ordered("uid", uid, "uid_before", recorded, "run_before", newest.id());
        if (!uid.equals(accepted)) {
            throw new CallFailed(
                    ErrorClass.INVALID,
                    "Nothing is written, as the cluster is not the one of the run " + newest.id()
                            + ": the uid of its namespace kube-system is " + uid + ", and was " + recorded
                            + ". If it is another cluster, give it a CLUSTER_NAME of its own; if it takes the place of that one,"
                            + " set ACCEPT_CLUSTER_UID (accept-cluster-uid) to " + uid,
                    null);
        }
        log.warn("cluster_uid_accepted", "The cluster takes the place of the one of the run before", data);
        return uid;
    }

    /** The uid of the cluster; empty, with a warning, when it cannot be read. */
    String uid() {
        String reason = "there is no such namespace";
        try {
            String uid = ListedNames.one(server, retry, NAMESPACES, EVERYWHERE).getOrDefault(EVERYWHERE, "");
            if (!uid.isEmpty()) {
                return uid;
            }
        } catch (CallFailed e) {
            reason = String.valueOf(e.getMessage());
        }
        log.warn(
                "cluster_uid_unknown",
                "The namespace kube-system cannot be read; nobody would notice another cluster of the same name",
                Map.of(),
                reason);
        return "";
    }
}
