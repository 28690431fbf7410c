/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.clusterexport;

import java.util.List;
import org.cloudstackbackup.clusterexport.service.ClusterAccess;
import org.cloudstackbackup.clusterexport.service.ConnectionTest;
import org.cloudstackbackup.framework.cluster.Access;
import org.cloudstackbackup.framework.cluster.ClusterProbe;
import org.cloudstackbackup.framework.cluster.ProbeStep;

/** Tries connections with the client by which clusters are exported. */
public final class KubernetesProbe implements ClusterProbe {
    @Override
    public List<ProbeStep> probe(Access access) {
        return ConnectionTest.run(new ClusterAccess(access.kubeconfig(), access.context())).stream()
                .map(step -> new ProbeStep(step.name(), status(step.status()), step.detail()))
                .toList();
    }

    private static ProbeStep.Status status(ConnectionTest.Step.Status status) {
        return switch (status) {
            case OK -> ProbeStep.Status.Ok;
            case FAILED -> ProbeStep.Status.Failed;
            case SKIPPED -> ProbeStep.Status.Skipped;
        };
    }
}
