/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.cloudstackbackup.pxbackup.client.BackupLocationObject;
import org.cloudstackbackup.pxbackup.client.ClusterObject;
import org.cloudstackbackup.pxbackup.client.Metadata;
import org.cloudstackbackup.pxbackup.client.PxBackupClient;
import org.cloudstackbackup.pxbackup.client.SchedulePolicyInfo;
import org.cloudstackbackup.pxbackup.client.SchedulePolicyObject;
import org.cloudstackbackup.pxbackup.client.StatusInfo;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.ProviderOffering;
import org.cloudstackbackup.spi.ZoneContext;
import org.jspecify.annotations.Nullable;

/** What a zone is at the product: a cluster, a location, and the policies that go with it. Asks anew each time. */
final class Site {
    private final ZoneContext zone;
    private final PxBackupClient client;

    Site(ZoneContext zone, PxBackupClient client) {
        this.zone = zone;
        this.client = client;
    }

    /**
     * The cluster where the VMs live.
     *
     * @throws ProviderException {@code USER} when the product has no such cluster or several, {@code CONFLICT} when it is not
     *     online
     */
    ObjectId cluster() {
        String setting = PxBackupSettings.CLUSTER;
        List<ClusterObject> all = client.catalogue().clusters();
        ClusterObject cluster = one(setting, "cluster", all, ClusterObject::metadata);
        StatusInfo status =
                cluster.clusterInfo() == null ? null : cluster.clusterInfo().status();
        requireState("cluster", cluster.metadata(), status, "Online");
        return id(cluster.metadata());
    }

    /**
     * The location that backups go to.
     *
     * @throws ProviderException {@code USER} when the product has no such location or several, {@code CONFLICT} when it cannot
     *     be used now
     */
    ObjectId location() {
        BackupLocationObject location = locationObject();
        StatusInfo status = location.backupLocationInfo() == null
                ? null
                : location.backupLocationInfo().status();
        if (!"LimitedAvailability".equals(status == null ? "" : status.status())) {
            requireState("backup location", location.metadata(), status, "Valid");
        }
        return id(location.metadata());
    }

    private BackupLocationObject locationObject() {
        return one(
                PxBackupSettings.LOCATION,
                "backup location",
                client.catalogue().locations(),
                BackupLocationObject::metadata);
    }

    /** Policies that go with the location: a locked bucket takes locked policies only, and the other way round. */
    List<SchedulePolicyObject> policies() {
        var info = locationObject().backupLocationInfo();
        boolean locked = info != null && info.objectLockEnabled();
        List<SchedulePolicyObject> policies = new ArrayList<>();
        for (SchedulePolicyObject each : client.catalogue().schedulePolicies()) {
            SchedulePolicyInfo policy = each.schedulePolicyInfo();
            if (policy != null && !uid(each.metadata()).isEmpty() && policy.forObjectLock() == locked) {
                policies.add(each);
            }
        }
        policies.sort(Comparator.comparing((SchedulePolicyObject each) -> name(each.metadata()))
                .thenComparing(each -> uid(each.metadata())));
        return policies;
    }

    Optional<SchedulePolicyObject> policy(String uid) {
        return policies().stream()
                .filter(each -> uid(each.metadata()).equals(uid))
                .findFirst();
    }

    static ProviderOffering offering(SchedulePolicyObject policy) {
        return new ProviderOffering(
                uid(policy.metadata()),
                name(policy.metadata()),
                PolicyText.of(requireNonNull(policy.schedulePolicyInfo(), "a policy without content")));
    }

    static ObjectId id(@Nullable Metadata metadata) {
        return new ObjectId(name(metadata), uid(metadata));
    }

    static String name(@Nullable Metadata metadata) {
        return metadata == null || metadata.name() == null ? "" : metadata.name();
    }

    static String uid(@Nullable Metadata metadata) {
        return metadata == null || metadata.uid() == null ? "" : metadata.uid();
    }

    private <T> T one(
            String setting, String what, List<T> all, java.util.function.Function<T, @Nullable Metadata> metadata) {
        PxBackupConnections.require(zone, setting);
        String wanted = zone.setting(setting);
        List<T> found = all.stream()
                .filter(each -> name(metadata.apply(each)).equals(wanted)
                        || uid(metadata.apply(each)).equals(wanted))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        String problem = found.isEmpty()
                ? "PX-Backup shows its user no " + what + " '" + wanted + "', only "
                        + all.stream().map(each -> name(metadata.apply(each))).toList()
                : "PX-Backup has " + found.size() + " of " + what + " '" + wanted + "'; give the uid of one";
        throw PxBackupConnections.unusable(zone, setting, problem, null);
    }

    private void requireState(String what, @Nullable Metadata metadata, @Nullable StatusInfo status, String wanted) {
        String state = status == null || status.status() == null ? "not known" : status.status();
        if (!state.equals(wanted)) {
            String reason = status == null || status.reason() == null ? "" : ": " + status.reason();
            throw new ProviderException(
                    ErrorKind.CONFLICT,
                    what + " " + name(metadata),
                    "The state of " + what + " " + name(metadata) + " of zone " + zone.name() + " at PX-Backup is "
                            + state + ", not " + wanted + reason);
        }
    }
}
