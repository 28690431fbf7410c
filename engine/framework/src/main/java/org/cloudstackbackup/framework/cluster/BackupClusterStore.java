/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.cluster;

import java.util.Optional;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.jspecify.annotations.Nullable;

/** Registered clusters; kubeconfigs are sealed. Joins an open transaction. */
public interface BackupClusterStore {
    /** Keeps a cluster under a new id; false when one has its name or its folder already. */
    boolean add(BackupCluster cluster, String kubeconfig);

    Optional<BackupCluster> find(long id);

    Optional<BackupCluster> findByUuid(String uuid);

    /** By name. */
    Page<BackupCluster> page(Filter filter, PageRequest page);

    /**
     * The kubeconfig as it was given; empty when there is no such cluster.
     *
     * @throws org.cloudstackbackup.spi.ProviderException {@code INTERNAL} when it cannot be opened with the keys of this server
     */
    Optional<String> kubeconfig(long id);

    /**
     * Writes name, server, context and time of change, and the kubeconfig unless that is null; false when there is no such
     * cluster, or another one has the name.
     */
    boolean update(BackupCluster cluster, @Nullable String kubeconfig);

    /** Forgets a cluster with its kubeconfig; false when there is none. */
    boolean remove(long id);

    /**
     * Which clusters are listed; null parts do not restrict.
     *
     * @param keyword part of the name, ignoring case
     */
    record Filter(
            @Nullable Long id,
            @Nullable Long zoneId,
            @Nullable String name,
            @Nullable String keyword) {}
}
