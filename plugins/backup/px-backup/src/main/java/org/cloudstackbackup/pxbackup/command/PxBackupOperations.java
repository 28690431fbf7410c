/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.pxbackup.client.BackupLocationObject;
import org.cloudstackbackup.pxbackup.client.BackupObject;
import org.cloudstackbackup.pxbackup.client.BackupScheduleObject;
import org.cloudstackbackup.pxbackup.client.ClusterObject;
import org.cloudstackbackup.pxbackup.client.Metadata;
import org.cloudstackbackup.pxbackup.client.ObjectPage;
import org.cloudstackbackup.pxbackup.client.Parameters;
import org.cloudstackbackup.pxbackup.client.Pause;
import org.cloudstackbackup.pxbackup.client.PxBackupClient;
import org.cloudstackbackup.pxbackup.client.PxBackupConfig;
import org.cloudstackbackup.pxbackup.client.PxBackupException;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;
import org.cloudstackbackup.pxbackup.client.SchedulePolicyObject;
import org.cloudstackbackup.pxbackup.driver.PxBackupConnections;
import org.cloudstackbackup.pxbackup.driver.PxBackupSettings;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.ZoneContext;
import org.jspecify.annotations.Nullable;

/**
 * What the commands do, for the PX-Backup of a zone. For many threads; closing it closes the connections it keeps.
 *
 * <p>Every method blocks until PX-Backup has answered, and throws {@link org.apache.cloudstack.api.ServerApiException} with
 * CloudStack's code and a text that names the parameter, or says what was tried and what came back. A change is made once: the
 * client looks an object up before it repeats a call whose answer was lost.
 */
public final class PxBackupOperations implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(PxBackupOperations.class);

    private final ZoneClients clients;

    /**
     * Makes the operations; nothing is sent.
     *
     * @param zones a zone, by the host's internal id, with its present settings, whether its provider is PX-Backup or not
     */
    public PxBackupOperations(LongFunction<ZoneContext> zones) {
        this(new ZoneClients(
                zones,
                PxBackupConnections::config,
                (config, zone) -> new PxBackupClient(config, zone.clock(), Pause.REAL)));
    }

    PxBackupOperations(ZoneClients clients) {
        this.clients = clients;
    }

    ObjectPage<BackupObject> backups(long zoneId, Chosen chosen, Window window) {
        return call(
                zoneId,
                client -> chosen.one()
                        ? only(client.backups().inspectOne(chosen.parameters()))
                        : window.read(
                                chosen.parameters(),
                                client.backups()::page,
                                filters -> counted(sink -> client.backups().forEach(filters, sink))));
    }

    BackupObject createBackup(long zoneId, Parameters parameters) {
        return call(zoneId, client -> {
            BackupObject made = client.backups().create(parameters);
            LOG.info("Started backup {} {} at the PX-Backup of zone {}", made.name(), made.uid(), zoneId);
            return made;
        });
    }

    BackupObject updateBackup(long zoneId, Parameters parameters) {
        return call(zoneId, client -> {
            client.backups().update(parameters);
            return client.backups().inspectOne(key(parameters));
        });
    }

    void deleteBackup(long zoneId, Parameters parameters) {
        call(zoneId, client -> {
            client.backups().delete(parameters);
            LOG.info("Deletes a backup at the PX-Backup of zone {}: {}", zoneId, key(parameters));
            return true;
        });
    }

    BackupObject shareBackup(long zoneId, Parameters parameters) {
        return call(zoneId, client -> {
            client.backups().updateShare(parameters);
            return client.backups().inspectOne(key(parameters));
        });
    }

    BackupObject retryBackup(long zoneId, Parameters parameters) {
        return call(zoneId, client -> {
            BackupObject made = client.backups().retryResources(parameters);
            LOG.info("Started backup {} {} at the PX-Backup of zone {}", made.name(), made.uid(), zoneId);
            return made;
        });
    }

    ObjectPage<PxBackupResourceResponse> resources(
            long zoneId, Parameters parameters, @Nullable String name, Window window) {
        return call(
                zoneId,
                client ->
                        window.cut(PxBackupResourceResponse.all(client.backups().resourceDetails(parameters)).stream()
                                .filter(each -> name == null || each.isNamed(name))
                                .toList()));
    }

    BackupScheduleObject createSchedule(long zoneId, Parameters parameters) {
        return call(zoneId, client -> {
            BackupScheduleObject made = client.schedules().create(parameters);
            LOG.info("Made schedule {} {} at the PX-Backup of zone {}", made.name(), made.uid(), zoneId);
            return made;
        });
    }

    BackupScheduleObject updateSchedule(long zoneId, Parameters parameters) {
        return call(zoneId, client -> {
            client.schedules().update(parameters);
            return client.schedules().inspectOne(key(parameters));
        });
    }

    void deleteSchedule(long zoneId, Parameters parameters) {
        call(zoneId, client -> {
            client.schedules().delete(parameters);
            LOG.info("Deletes a schedule at the PX-Backup of zone {}: {}", zoneId, key(parameters));
            return true;
        });
    }

    ObjectPage<BackupScheduleObject> schedules(long zoneId, Chosen chosen, Window window) {
        return call(
                zoneId,
                client -> chosen.one()
                        ? only(client.schedules().inspectOne(chosen.parameters()))
                        : window.read(
                                chosen.parameters(),
                                client.schedules()::page,
                                filters -> counted(sink -> client.schedules().forEach(filters, sink))));
    }

    ObjectPage<SchedulePolicyObject> policies(
            long zoneId, @Nullable String organisation, @Nullable String name, Window window) {
        return call(
                zoneId,
                organisation,
                client -> named(client.catalogue().schedulePolicies(), SchedulePolicyObject::metadata, name, window));
    }

    ObjectPage<BackupLocationObject> locations(
            long zoneId, @Nullable String organisation, @Nullable String name, Window window) {
        return call(
                zoneId,
                organisation,
                client -> named(client.catalogue().locations(), BackupLocationObject::metadata, name, window));
    }

    ObjectPage<ClusterObject> clusters(
            long zoneId, @Nullable String organisation, @Nullable String name, Window window) {
        return call(
                zoneId,
                organisation,
                client -> named(client.catalogue().clusters(), ClusterObject::metadata, name, window));
    }

    /** Tries the connection; what does not work is told in the steps, not thrown. */
    List<ConnectionStep> test(long zoneId, @Nullable String organisation) {
        ZoneContext zone = clients.zone(zoneId);
        PxBackupConfig config;
        try {
            config = clients.config(zone);
            if (organisation != null && !organisation.isEmpty()) {
                config = config.withOrganisation(organisation);
            }
        } catch (ProviderException e) {
            return ConnectionTest.unusable(e.text());
        } catch (PxBackupException e) {
            return ConnectionTest.unusable(String.valueOf(e.getMessage()));
        }
        // One try of each call: whoever asks wants to know of every failure, passing ones included.
        PxBackupConfig once = config.withLimits(config.limits().withAttempts(1));
        try (PxBackupClient client = clients.open(once, zone)) {
            return new ConnectionTest(
                            client,
                            once,
                            zone.setting(PxBackupSettings.CLUSTER),
                            zone.setting(PxBackupSettings.LOCATION))
                    .run();
        } catch (PxBackupException e) {
            return ConnectionTest.unusable(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        clients.close();
    }

    private <T> T call(long zoneId, Function<PxBackupClient, T> use) {
        return call(zoneId, null, use);
    }

    private <T> T call(long zoneId, @Nullable String organisation, Function<PxBackupClient, T> use) {
        try {
            return clients.call(zoneId, organisation, use);
        } catch (PxBackupException e) {
            if (e.reason() != Reason.PARAMETER) {
                LOG.warn("The PX-Backup of zone {} failed: {} {}", zoneId, e.reason(), e.getMessage());
            }
            throw Refusal.of(e);
        } catch (ProviderException e) {
            throw Refusal.of(e);
        }
    }

    /** What names an object that is there. */
    private static Parameters key(Parameters parameters) {
        return parameters.only("org_id", "name", "uid");
    }

    private static <T> ObjectPage<T> only(T object) {
        return new ObjectPage<>(List.of(object), 1L);
    }

    private static <T> long counted(Consumer<Consumer<T>> list) {
        AtomicLong count = new AtomicLong();
        list.accept(each -> count.incrementAndGet());
        return count.get();
    }

    private static <T> ObjectPage<T> named(
            List<T> all, Function<T, @Nullable Metadata> metadata, @Nullable String part, Window window) {
        String wanted = part == null ? "" : part.toLowerCase(Locale.ROOT);
        return window.cut(all.stream()
                .filter(each ->
                        nameOf(metadata.apply(each)).toLowerCase(Locale.ROOT).contains(wanted))
                .toList());
    }

    private static String nameOf(@Nullable Metadata metadata) {
        return metadata == null || metadata.name() == null ? "" : metadata.name();
    }
}
