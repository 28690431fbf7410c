/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.cloudstackbackup.emulator.http.Fault;
import org.cloudstackbackup.emulator.http.Faults;
import org.cloudstackbackup.emulator.http.Journal;
import org.cloudstackbackup.emulator.http.Listener;
import org.cloudstackbackup.emulator.http.TlsFiles;
import org.cloudstackbackup.emulator.kubevirt.KubeCluster;
import org.cloudstackbackup.emulator.pxbackup.wire.Codec;
import org.cloudstackbackup.emulator.pxbackup.wire.Line;
import org.cloudstackbackup.emulator.time.VirtualClock;
import org.jspecify.annotations.Nullable;

/**
 * A running PX-Backup server with its token issuer, and a way to look behind it.
 *
 * <p>Everything happens on the virtual clock, when somebody looks. For many threads. Objects that are added here belong to the
 * user {@code admin} (password {@code admin}) in the organisation {@code default}.
 */
public final class PxBackupEmulator implements AutoCloseable {
    private static final long SECOND_MILLIS = 1000;

    private final PxBackupOptions options;
    private final VirtualClock clock;
    private final World world;
    private final Tokens tokens;
    private final Faults faults = new Faults();
    private final Journal journal = new Journal();
    private final Listener api;
    private final Listener admin;
    private final PxBackupServer server;
    private final Routes.Parts parts;
    private final BackupDeletion deletion;
    private final Seed seed;

    private PxBackupEmulator(PxBackupOptions options) {
        this.options = options;
        Instant now = options.start() == null ? Instant.now() : options.start();
        this.clock = new VirtualClock(Instant.ofEpochMilli(now.toEpochMilli()), options.speed());
        Line line = Line.imitated(options.dialect());
        this.world = new World(line, options.timings(), clock);
        this.tokens = new Tokens(clock, options.timings(), options.token());
        BackupRun run = new BackupRun(world);
        this.deletion = new BackupDeletion(world);
        Backups backups = new Backups(world, run, deletion);
        ScheduleRun schedules = new ScheduleRun(world, backups, deletion);
        run.afterwards(schedules::ended);
        deletion.afterwards(schedules::removed);
        Catalog catalog = new Catalog(world);
        this.parts = new Routes.Parts(
                backups,
                new BackupDetails(world),
                new Schedules(world, backups, schedules, deletion),
                new Restores(world, new RestoreRun(world)),
                new Places(world, catalog, deletion),
                catalog);
        Codec codec = new Codec(line, options.lenientCodec());
        this.server =
                new PxBackupServer(world, tokens, codec, new Routes(world, parts, now).all(), options.lenientRouting());
        this.seed = new Seed(world, parts.places(), tokens);
        this.api = new Listener(
                new Listener.Config(options.host(), options.port(), options.tlsFolder(), options.clientCertificate()),
                faults,
                journal);
        this.admin = new Listener(
                new Listener.Config("127.0.0.1", options.adminPort(), null, false), new Faults(), new Journal());
    }

    /** Starts a server; close it to free its ports. */
    public static PxBackupEmulator start(PxBackupOptions options) {
        PxBackupEmulator emulator = new PxBackupEmulator(requireNonNull(options, "options is null"));
        emulator.reset();
        emulator.api.start(emulator.server, emulator.clock);
        try {
            emulator.admin.start(new PxBackupAdmin(emulator), emulator.clock);
        } catch (IllegalStateException e) {
            emulator.api.close();
            throw e;
        }
        return emulator;
    }

    /** Where the API and the token issuer are, without a slash at the end. */
    public String url() {
        return api.url();
    }

    public int port() {
        return api.port();
    }

    /** Where tokens are to be had. */
    public String tokenUrl() {
        return url() + "/auth/realms/master/protocol/openid-connect/token";
    }

    /** Where the admin API is: {@code <this>/_emu/...}. */
    public String adminUrl() {
        return admin.url();
    }

    /** The certificates for clients, or null without TLS. */
    public @Nullable TlsFiles tlsFiles() {
        return api.tlsFiles();
    }

    public VirtualClock clock() {
        return clock;
    }

    /** Moves the clock, and lets everything happen that is due then. */
    public void advance(Duration step) {
        clock.advance(step);
        inside(() -> {});
    }

    /** What goes wrong on the way to the server. */
    public void fault(Fault fault) {
        faults.add(fault);
    }

    public Faults faults() {
        return faults;
    }

    /** What goes wrong inside the server. */
    public void mishap(Mishap mishap) {
        inside(() -> world.mishaps().add(mishap));
    }

    /** The requests at the API port. */
    public Journal journal() {
        return journal;
    }

    /** TCP connections at the API port so far. */
    public long connections() {
        return api.connections();
    }

    /** TLS handshakes at the API port so far. */
    public long handshakes() {
        return api.handshakes();
    }

    public void addUser(User user) {
        tokens.put(user);
    }

    /** A fresh access token for the user, without asking the issuer. */
    public String issueToken(String user) {
        return tokens.issue(tokens.users().stream()
                .filter(each -> each.name().equals(user))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no user " + user)));
    }

    /** Makes all tokens useless. */
    public void expireTokens(boolean withRefreshTokens) {
        tokens.expireAll(withRefreshTokens);
    }

    public void addOrganisation(String name) {
        inside(() -> world.organisations().add(name));
    }

    /** Adds a cluster that is Online; its times of day are those of the zone, such as Europe/Berlin. */
    public KubeCluster addCluster(String name, String zone) {
        return world.inside(() -> seed.cluster(name, zone).inventory());
    }

    /** What is on a cluster. */
    public KubeCluster cluster(String name) {
        return world.inside(() -> ((Cluster) seed.named(Kind.CLUSTER, name)).inventory());
    }

    /** Adds a Valid S3 location; its bucket keeps objects for that many days, 0 for no lock. */
    public void addLocation(String name, long lockDays) {
        inside(() -> seed.location(name, lockDays));
    }

    /** Adds a schedule policy, given as SchedulePolicyInfo in JSON. */
    public void addPolicy(String name, String json) {
        inside(() -> seed.policy(name, json));
    }

    /** Adds successful backups of the cluster's machines, by turns, one a minute up to now. */
    public void addBackups(String cluster, String location, String prefix, int count) {
        JsonObject wish = new JsonObject();
        wish.addProperty("cluster", cluster);
        wish.addProperty("location", location);
        wish.addProperty("prefix", prefix);
        wish.addProperty("count", count);
        inside(() -> seed.backups(wish));
    }

    /** Adds what the JSON names, as the admin API's seed does. */
    public void seed(String json) {
        JsonObject read = com.google.gson.JsonParser.parseString(json).getAsJsonObject();
        inside(() -> seed.read(read));
    }

    /**
     * The uid of the only object of that name.
     *
     * @param kind as in answers: backup, backup_schedule, restore, schedule_policy, backup_location, cluster, ...
     */
    public String uid(String kind, String name) {
        return world.inside(() -> seed.named(kind(kind), name).uid());
    }

    /** The names of all objects of a kind, oldest first. */
    public List<String> names(String kind) {
        return world.inside(
                () -> world.all(kind(kind)).stream().map(Entity::name).toList());
    }

    /** The state of the only object of that name. */
    public String status(String kind, String name) {
        return world.inside(() -> seed.named(kind(kind), name).status());
    }

    /** Sets a state behind the server's back, such as Offline of a cluster; it stays until something changes it. */
    public void status(String kind, String name, String status) {
        inside(() -> seed.named(kind(kind), name).status(status, "set by a test"));
    }

    /** Takes an object away at once, as if somebody else had deleted it. */
    public void remove(String kind, String name) {
        inside(() -> {
            Entity entity = seed.named(kind(kind), name);
            if (entity instanceof Backup backup) {
                deletion.remove(backup);
            } else {
                world.remove(entity);
            }
        });
    }

    /** Lets the data in a location vanish; the next check marks its backups. */
    public void loseData(String location) {
        inside(() -> parts.places().dataVanished(seed.named(Kind.BACKUP_LOCATION, location)));
    }

    /** Closes the API port with all connections, waits, and opens it again; all state is kept. */
    public void restart(Duration down) {
        api.close();
        try {
            Thread.sleep(Math.min(down.toMillis(), 60 * SECOND_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        api.start(server, clock);
    }

    /** Back to the state after the start, the clock aside. */
    public void reset() {
        inside(() -> {
            world.clear();
            deletion.clear();
            parts.details().clear();
            tokens.clear();
            faults.clear();
            journal.clear();
            seed.users();
            if (options.demo()) {
                seed.demo();
            }
        });
    }

    World world() {
        return world;
    }

    Seed seed() {
        return seed;
    }

    void inside(Runnable action) {
        world.inside(() -> {
            action.run();
            return world;
        });
    }

    static Kind kind(String word) {
        for (Kind kind : Kind.values()) {
            if (kind.one().equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("There is no kind " + word);
    }

    @Override
    public void close() {
        admin.close();
        api.close();
    }
}
