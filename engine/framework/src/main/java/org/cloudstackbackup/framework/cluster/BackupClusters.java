/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.cluster;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.event.Journal;
import org.cloudstackbackup.framework.event.Journal.Subject;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.inventory.Zone;
import org.cloudstackbackup.framework.inventory.Zones;
import org.cloudstackbackup.framework.transaction.Transactions;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/** Registers clusters, with an event for each change. No connection is tried inside a transaction. For many threads. */
public final class BackupClusters {
    public static final String ADDED = "BACKUP.CLUSTER.ADD";
    public static final String UPDATED = "BACKUP.CLUSTER.UPDATE";
    public static final String DELETED = "BACKUP.CLUSTER.DELETE";
    /** CloudStack has no such kind of object; this is its name in events. */
    public static final String KIND = "BackupCluster";

    /** It is a folder in buckets, too. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final BackupClusterStore store;
    private final Zones zones;
    private final ClusterProbe probe;
    private final Transactions transactions;
    private final Journal journal;
    private final Clock clock;

    public BackupClusters(
            BackupClusterStore store,
            Zones zones,
            ClusterProbe probe,
            Transactions transactions,
            Journal journal,
            Clock clock) {
        this.store = requireNonNull(store, "store is null");
        this.zones = requireNonNull(zones, "zones is null");
        this.probe = requireNonNull(probe, "probe is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.journal = requireNonNull(journal, "journal is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * Registers a cluster to which a connection works.
     *
     * @param force registers it also when no connection works; a kubeconfig that cannot be used is refused all the same
     * @throws ProviderException {@code USER} for a wrong name or kubeconfig, and with the first step of the connection that does
     *     not work; {@code CONFLICT} when the name is taken; {@code NOT_FOUND} without the zone
     */
    public BackupCluster add(Caller caller, String name, long zoneId, Access access, boolean force) {
        Zone zone = zones.find(zoneId)
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.NOT_FOUND, "zone " + zoneId, "The zone does not exist, or was deleted"));
        String server = proven(access, checkedName(name), force);
        Instant now = clock.instant();
        BackupCluster wanted = new BackupCluster(
                0,
                UUID.randomUUID().toString(),
                name,
                name,
                zone.id(),
                zone.uuid(),
                zone.name(),
                server,
                access.context(),
                now,
                now);
        return transactions.inTransaction(() -> {
            if (!store.add(wanted, access.kubeconfig())) {
                throw taken(name);
            }
            BackupCluster added = store.findByUuid(wanted.uuid()).orElseThrow();
            note(ADDED, "Added cluster " + name + " in zone " + zone.name(), caller, added);
            return added;
        });
    }

    /**
     * Changes what is not null.
     *
     * @param context empty for the kubeconfig's current context
     * @throws ProviderException as {@link #add}; also {@code NOT_FOUND} without the cluster
     */
    public BackupCluster update(
            Caller caller,
            long id,
            @Nullable String name,
            @Nullable String kubeconfig,
            @Nullable String context,
            boolean force) {
        if (name == null && kubeconfig == null && context == null) {
            throw new ProviderException(
                    ErrorKind.USER,
                    "cluster " + id,
                    "Nothing to change: give at least one of name, kubeconfig and context");
        }
        BackupCluster before = require(id);
        String newName = name == null ? before.name() : checkedName(name);
        // Another kubeconfig has other contexts, so that of the old one is not kept.
        String newContext =
                context != null ? (context.isEmpty() ? null : context) : kubeconfig != null ? null : before.context();
        boolean access = kubeconfig != null || context != null;
        String server = access
                ? proven(new Access(kubeconfig == null ? kubeconfig(id) : kubeconfig, newContext), newName, force)
                : before.server();
        BackupCluster wanted = new BackupCluster(
                id,
                before.uuid(),
                newName,
                before.folder(),
                before.zoneId(),
                before.zoneUuid(),
                before.zoneName(),
                server,
                newContext,
                before.created(),
                clock.instant());
        return transactions.inTransaction(() -> {
            if (!store.update(wanted, kubeconfig)) {
                require(id);
                throw taken(newName);
            }
            note(UPDATED, "Changed cluster " + newName + (access ? ", also how it is reached" : ""), caller, wanted);
            return require(id);
        });
    }

    /** Forgets a cluster; what was backed up of it stays where it is. */
    public void delete(Caller caller, long id) {
        transactions.run(() -> {
            BackupCluster cluster = require(id);
            store.remove(id);
            note(DELETED, "Deleted cluster " + cluster.name() + " of zone " + cluster.zoneName(), caller, cluster);
        });
    }

    public Page<BackupCluster> list(BackupClusterStore.Filter filter, PageRequest page) {
        return store.page(filter, page);
    }

    /** The cluster, or {@code NOT_FOUND}. */
    public BackupCluster require(long id) {
        return store.find(id).orElseThrow(() -> gone(id));
    }

    /** How the cluster is reached, or {@code NOT_FOUND}. */
    public Access access(long id) {
        return new Access(kubeconfig(id), require(id).context());
    }

    /** Tries the connection to a registered cluster. */
    public List<ProbeStep> test(long id) {
        Access access = access(id);
        transactions.refuseOpen("the test of a connection");
        return probe.probe(access);
    }

    private String kubeconfig(long id) {
        return store.kubeconfig(id).orElseThrow(() -> gone(id));
    }

    /** The API server's address. */
    private String proven(Access access, String name, boolean force) {
        transactions.refuseOpen("the test of a connection");
        List<ProbeStep> steps = probe.probe(access);
        for (ProbeStep step : steps) {
            boolean unusable = step.name().equals(ClusterProbe.KUBECONFIG);
            if (step.isFailed() && unusable) {
                throw new ProviderException(ErrorKind.USER, "kubeconfig", "Parameter kubeconfig: " + step.detail());
            }
            if (step.isFailed() && !force) {
                throw new ProviderException(
                        ErrorKind.USER,
                        "kubeconfig",
                        "No connection to cluster " + name + " with this kubeconfig; step " + step.name() + " failed: "
                                + step.detail() + ". Parameter force=true keeps it all the same.");
            }
        }
        return steps.get(0).detail();
    }

    private static String checkedName(String name) {
        if (!NAME.matcher(name).matches() || name.contains("..")) {
            throw new ProviderException(
                    ErrorKind.USER,
                    "name",
                    "Parameter name: a cluster's name is letters, digits, '.', '_' and '-', begins with a letter or a"
                            + " digit, has no '..' and at most 100 characters");
        }
        return name;
    }

    private static ProviderException taken(String name) {
        return new ProviderException(
                ErrorKind.CONFLICT,
                "cluster " + name,
                "There is a cluster that is, or was when it was added, named " + name + "; choose another name");
    }

    private static ProviderException gone(long id) {
        return new ProviderException(
                ErrorKind.NOT_FOUND, "cluster " + id, "The cluster does not exist, or was deleted");
    }

    private void note(String type, String text, Caller caller, BackupCluster cluster) {
        journal.completed(type, text, caller.user().id(), subject(cluster, caller));
    }

    /** What events about a cluster are about. */
    public static Subject subject(BackupCluster cluster, Caller caller) {
        return new Subject(KIND, cluster.id(), cluster.uuid(), cluster.name(), caller.owner());
    }
}
