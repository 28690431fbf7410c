/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.cloudstackbackup.pxbackup.client.PxBackupClient;
import org.cloudstackbackup.pxbackup.client.PxBackupConfig;
import org.cloudstackbackup.spi.ZoneContext;
import org.jspecify.annotations.Nullable;

/**
 * A client for each zone: made at its first use, kept with its connections and token, and replaced when a setting of the zone has
 * changed. The old one is closed when its last call has returned. For many threads.
 */
final class ZoneClients implements AutoCloseable {
    private final LongFunction<ZoneContext> zones;
    private final Function<ZoneContext, PxBackupConfig> configs;
    private final Opener opener;
    private final Map<Key, Held> held = new HashMap<>();
    private boolean closed;

    /** Makes a client. */
    @FunctionalInterface
    interface Opener {
        PxBackupClient open(PxBackupConfig config, ZoneContext zone);
    }

    /** @param zones the zone with its present settings, whatever its provider is */
    ZoneClients(LongFunction<ZoneContext> zones, Function<ZoneContext, PxBackupConfig> configs, Opener opener) {
        this.zones = requireNonNull(zones, "zones is null");
        this.configs = requireNonNull(configs, "configs is null");
        this.opener = requireNonNull(opener, "opener is null");
    }

    ZoneContext zone(long zoneId) {
        return zones.apply(zoneId);
    }

    PxBackupConfig config(ZoneContext zone) {
        return configs.apply(zone);
    }

    /** A client of its own, that the caller closes. */
    PxBackupClient open(PxBackupConfig config, ZoneContext zone) {
        return opener.open(config, zone);
    }

    /** @param organisation other than that of the settings; null for that one */
    <T> T call(long zoneId, @Nullable String organisation, Function<PxBackupClient, T> use) {
        ZoneContext zone = zone(zoneId);
        PxBackupConfig config = config(zone);
        if (organisation != null && !organisation.isEmpty()) {
            config = config.withOrganisation(organisation);
        }
        Held client = borrow(new Key(zoneId, config.organisation()), zone, config);
        try {
            return use.apply(client.client);
        } finally {
            giveBack(client);
        }
    }

    private synchronized Held borrow(Key key, ZoneContext zone, PxBackupConfig config) {
        if (closed) {
            throw new IllegalStateException("The clients are closed");
        }
        Held known = held.get(key);
        if (known == null || !known.config.equals(config)) {
            Held fresh = new Held(config, opener.open(config, zone));
            held.put(key, fresh);
            if (known != null) {
                known.retire();
            }
            known = fresh;
        }
        known.users++;
        return known;
    }

    private synchronized void giveBack(Held client) {
        client.users--;
        client.closeWhenIdle();
    }

    @Override
    public synchronized void close() {
        closed = true;
        held.values().forEach(Held::retire);
        held.clear();
    }

    /** What a client is for. */
    private record Key(long zoneId, String organisation) {}

    /** A client and who uses it; guarded by the outer object. */
    private static final class Held {
        private final PxBackupConfig config;
        private final PxBackupClient client;
        private int users;
        private boolean retired;

        Held(PxBackupConfig config, PxBackupClient client) {
            this.config = config;
            this.client = client;
        }

        void retire() {
            retired = true;
            closeWhenIdle();
        }

        void closeWhenIdle() {
            if (retired && users == 0) {
                client.close();
            }
        }
    }
}
