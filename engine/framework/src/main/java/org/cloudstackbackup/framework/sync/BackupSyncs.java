/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.sync;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.framework.alert.AlertType;
import org.cloudstackbackup.framework.alert.Alerts.NewAlert;
import org.cloudstackbackup.framework.inventory.Zone;
import org.cloudstackbackup.framework.sync.SyncStates.End;
import org.cloudstackbackup.framework.sync.SyncStates.Lease;
import org.cloudstackbackup.spi.DriverFactory;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.StorageUse;
import org.jspecify.annotations.Nullable;

/**
 * Has every zone's backups compared with its products now and then, each target by one node at a time and in a thread of its own,
 * so that a slow or failing one holds up no other. Safe for use by many threads.
 */
public final class BackupSyncs implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(BackupSyncs.class);

    /** When others take over from a node that says nothing any more. */
    static final Duration LEASE = Duration.ofSeconds(30);

    private static final Duration RENEW_EVERY = Duration.ofSeconds(5);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

    /** Intervals without a word after which a product counts as one that does not answer. */
    private static final int SILENT_INTERVALS = 2;

    /** So many targets at once on one node. */
    private static final int MOST_AT_ONCE = 64;

    private final SyncSurroundings around;
    private final String node;
    private final Executor executor;
    private final ProviderSync sync;
    private final CapacityAlerts capacity;
    private final Map<SyncTarget, Running> running = new ConcurrentHashMap<>();
    private volatile SyncWatcher watcher = (target, zone, begun, end) -> {};
    private volatile boolean stopping;
    private @Nullable ScheduledExecutorService ticking;
    private boolean failing;

    /** @param node this node's name, the same after a restart */
    public BackupSyncs(SyncSurroundings around, String node) {
        this(around, node, threads());
    }

    /** As above with threads of the caller's; they are shut down by {@link #close} when they are a service. */
    public BackupSyncs(SyncSurroundings around, String node, Executor executor) {
        this.around = requireNonNull(around, "around is null");
        this.node = requireNonNull(node, "node is null");
        this.executor = requireNonNull(executor, "executor is null");
        this.capacity = new CapacityAlerts(around);
        this.sync = new ProviderSync(around, capacity);
    }

    /** Takes back what this node was at before a restart. */
    public void recover() {
        around.states().releaseAll(node);
    }

    /**
     * {@linkplain #recover Recovers}, and begins to {@link #tick}.
     *
     * @param told is told of each comparison that ended here
     */
    public synchronized void start(SyncWatcher told) {
        watcher = requireNonNull(told, "told is null");
        recover();
        ticking = Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "sync-ticks"));
        // Never fails: what a look throws is told and tried again by the next one.
        var unused = ticking.scheduleWithFixedDelay(this::tickQuietly, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How the comparisons stand, by zone and provider. */
    public List<SyncState> states() {
        return around.states().all();
    }

    /**
     * Has the zone compared soon, instead of when its time has come.
     *
     * @return the targets that will be compared
     * @throws ProviderException when backup and recovery is disabled for the zone
     */
    public List<SyncTarget> request(long zoneId) {
        around.drivers().requireEnabled(zoneId);
        Instant now = around.clock().instant();
        List<SyncTarget> targets = wanted().keySet().stream()
                .filter(target -> target.zoneId() == zoneId)
                .toList();
        targets.forEach(target -> {
            around.states().add(target);
            around.states().request(target, now);
        });
        return targets;
    }

    /** As {@link #request}; a no-op when backup and recovery is disabled for the zone. */
    public void requestIfEnabled(long zoneId) {
        if (around.drivers().isEnabled(zoneId)) {
            request(zoneId);
        }
    }

    /** The backup storage of every zone, or of one, by zone. */
    public List<ZoneCapacity> capacities(@Nullable Long zoneId) {
        Map<Long, List<StorageUse>> told = new HashMap<>();
        for (SyncState state : around.states().all()) {
            StorageUse use = state.storage();
            if (use != null) {
                told.computeIfAbsent(state.target().zoneId(), key -> new ArrayList<>())
                        .add(use);
            }
        }
        return around.zones().all().stream()
                .filter(zone -> zoneId == null || zone.id() == zoneId)
                .filter(zone -> told.containsKey(zone.id()))
                .map(zone -> ZoneCapacity.of(zone, told.getOrDefault(zone.id(), List.of())))
                .toList();
    }

    /** Begins what is due, and keeps others from what runs. Called every second once {@link #start started}. */
    public void tick() {
        renew();
        Map<SyncTarget, Zone> wanted = wanted();
        Map<SyncTarget, SyncState> states = new HashMap<>();
        around.states().all().forEach(state -> states.put(state.target(), state));
        for (SyncTarget target : wanted.keySet()) {
            if (!states.containsKey(target)) {
                around.states().add(target);
            }
        }
        if (!states.keySet().containsAll(wanted.keySet())) {
            around.states().all().forEach(state -> states.put(state.target(), state));
        }
        for (SyncState state : states.values()) {
            Zone zone = wanted.get(state.target());
            if (zone == null) {
                forget(state);
            } else if (isDue(state)) {
                begin(state, zone);
            }
        }
    }

    /** Begins no more comparisons, and ends those that run at their next step; another node goes on at once. */
    @Override
    public synchronized void close() {
        stopping = true;
        if (ticking != null) {
            ticking.shutdownNow();
        }
        if (executor instanceof ExecutorService threads) {
            threads.shutdown();
            try {
                if (!threads.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.info("A product is still being asked; what it answers is compared after the next start");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void tickQuietly() {
        try {
            tick();
            failing = false;
        } catch (RuntimeException | Error e) {
            // Errors too, such as a thread that cannot be had: what is thrown on ends the ticking for ever.
            boolean told = failing;
            failing = true;
            if (!told) {
                LOG.warn("What is to be compared could not be looked up or begun; tried again every {}", TICK, e);
            }
        }
    }

    private void renew() {
        Instant now = around.clock().instant();
        for (Running run : running.values()) {
            if (!now.isBefore(run.renewed.plus(RENEW_EVERY))) {
                run.renewed = now;
                run.lost |= !around.states().renew(run.lease, now.plus(LEASE), run.tally.counts());
            }
            tellSilence(run, now);
        }
    }

    /** A product that takes a question and never answers ends no comparison; the end of this one resolves the alert. */
    private void tellSilence(Running run, Instant now) {
        long pages = run.tally.counts().pages();
        if (pages != run.pages) {
            run.pages = pages;
            run.answered = now;
        }
        Duration silence = Duration.between(run.answered, now);
        if (run.lost
                || run.silenceTold
                || silence.compareTo(SyncIntervals.between(around.settings()).multipliedBy(SILENT_INTERVALS)) < 0) {
            return;
        }
        run.silenceTold = true;
        String provider = run.lease.target().provider();
        around.alerts()
                .raise(new NewAlert(
                        AlertType.PROVIDER_UNREACHABLE,
                        ProviderSync.cause(run.zone.uuid(), provider),
                        "Backup provider " + provider + " of zone " + run.zone.name() + " does not answer",
                        "Provider " + provider + " was asked for its restore points of zone " + run.zone.name()
                                + " and has said nothing since " + run.answered + ", after " + pages
                                + " pages. No backup was removed. Look at the provider and at its settings for the zone.",
                        run.zone.id()));
    }

    private Map<SyncTarget, Zone> wanted() {
        Set<SyncTarget> inUse = around.store().inUse();
        Set<String> known = new HashSet<>();
        around.drivers().factories().stream().map(DriverFactory::name).forEach(known::add);
        Map<SyncTarget, Zone> wanted = new HashMap<>();
        for (Zone zone : around.zones().all()) {
            if (!around.drivers().isEnabled(zone.id())) {
                continue;
            }
            inUse.stream().filter(target -> target.zoneId() == zone.id()).forEach(target -> wanted.put(target, zone));
            String provider = around.drivers().providerNameOf(zone.id());
            if (known.contains(provider)) {
                wanted.put(new SyncTarget(zone.id(), provider), zone);
            }
        }
        return wanted;
    }

    private boolean isDue(SyncState state) {
        Instant now = around.clock().instant();
        if (running.containsKey(state.target()) || state.isHeld(now) || running.size() >= MOST_AT_ONCE) {
            return false;
        }
        Instant ended = state.ended();
        return state.requested() != null
                || ended == null
                || state.isCutShort()
                || !now.isBefore(ended.plus(SyncIntervals.between(around.settings())));
    }

    private void begin(SyncState state, Zone zone) {
        if (stopping) {
            return;
        }
        Instant now = around.clock().instant();
        Optional<Lease> lease = around.states().take(state, node, now, now.plus(LEASE));
        if (lease.isPresent()) {
            Running run = new Running(lease.get(), zone, now);
            running.put(state.target(), run);
            try {
                executor.execute(() -> compare(run, zone));
            } catch (RuntimeException | VirtualMachineError e) {
                // Kept here it would count as running, here and for all nodes, until the next start.
                running.remove(state.target());
                giveBack(run);
                throw e;
            }
        }
    }

    private void compare(Running mine, Zone zone) {
        SyncTarget target = mine.lease.target();
        Fence fence = new Fence(around.transactions(), around.states(), mine.lease, () -> stopping || mine.lost);
        Instant begun = around.clock().instant();
        try {
            End end = sync.run(new SyncRun(target, zone, mine.lease, begun, fence, mine.tally, new Marks()));
            watcher.compared(target, zone, begun, end);
        } catch (Fence.CutShort e) {
            LOG.info("The comparison of zone {} with provider {} was cut short", zone.name(), target.provider());
            giveBack(mine);
        } catch (RuntimeException e) {
            // Not given back: it would be taken up again at once, and fail again.
            LOG.error(
                    "The comparison of zone {} with provider {} broke off; others take it up after {}",
                    zone.name(),
                    target.provider(),
                    LEASE,
                    e);
        } finally {
            running.remove(target);
        }
    }

    private void giveBack(Running mine) {
        try {
            around.states().release(mine.lease);
        } catch (RuntimeException e) {
            LOG.warn("A comparison could not be given back; others take it up after {}", LEASE, e);
        }
    }

    /** The zone is gone or disabled, or the product is used there no more. */
    private void forget(SyncState state) {
        around.transactions().run(() -> {
            if (!state.isHeld(around.clock().instant())
                    && around.states().remove(state.target(), around.clock().instant())) {
                around.zones().find(state.target().zoneId()).ifPresent(zone -> {
                    String cause =
                            ProviderSync.cause(zone.uuid(), state.target().provider());
                    around.alerts().resolve(AlertType.PROVIDER_UNREACHABLE, cause);
                    around.alerts().resolve(AlertType.BACKUPS_VANISHED, cause);
                    capacity.watch(zone);
                });
            }
        });
    }

    private static ExecutorService threads() {
        return Executors.newCachedThreadPool(work -> daemon(work, "sync"));
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** A comparison on this node. */
    private static final class Running {
        private final Lease lease;
        private final Tally tally = new Tally();
        private volatile Instant renewed;
        private volatile boolean lost;

        // Of the ticking thread alone:
        private final Zone zone;
        private Instant answered;
        private long pages;
        private boolean silenceTold;

        Running(Lease lease, Zone zone, Instant begun) {
            this.lease = lease;
            this.zone = zone;
            this.renewed = begun;
            this.answered = begun;
        }
    }
}
