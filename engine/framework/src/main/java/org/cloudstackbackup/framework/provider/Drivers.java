/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.provider;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.framework.inventory.Zone;
import org.cloudstackbackup.framework.inventory.Zones;
import org.cloudstackbackup.framework.setting.FrameworkSettings;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.framework.transaction.Transactions;
import org.cloudstackbackup.spi.BackupDriver;
import org.cloudstackbackup.spi.Capability;
import org.cloudstackbackup.spi.DriverFactory;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.ZoneContext;
import org.jspecify.annotations.Nullable;

/**
 * The backup products there are, and the only place that calls their drivers. Safe for use by many threads.
 *
 * <p>A driver is opened at the first call for its zone, kept, and replaced when a setting it reads has changed; the old one is
 * closed when its last call has returned.
 */
public final class Drivers implements AutoCloseable {
    /** Threads that steps of operations may occupy: of one product in one zone, and of all. */
    public static final int STEPS_PER_TARGET = 6;

    public static final int STEPS = 16;
    /** Products in a zone that have a thread for steps of their own beside those. */
    public static final int FIRST_STEPS = 12;
    /** Threads that requests of people, and of their jobs, may occupy beside those. */
    public static final int REQUESTS_PER_TARGET = 3;

    public static final int REQUESTS = 6;

    private static final Duration REQUEST_PATIENCE = Duration.ofSeconds(2);
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Logger LOG = LogManager.getLogger(Drivers.class);

    private final Map<String, DriverFactory> factories = new HashMap<>();
    private final Zones zones;
    private final Settings settings;
    private final Transactions transactions;
    private final Clock clock;
    private final Map<Key, Opened> open = new HashMap<>();
    private final CallSlots steps;
    private final CallSlots requests;
    private boolean closed;

    public Drivers(
            List<DriverFactory> factories, Zones zones, Settings settings, Transactions transactions, Clock clock) {
        for (DriverFactory factory : factories) {
            if (this.factories.put(factory.name(), factory) != null) {
                throw new IllegalArgumentException("Two drivers are named " + factory.name());
            }
        }
        this.zones = requireNonNull(zones, "zones is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.steps = new CallSlots(STEPS_PER_TARGET, STEPS, FIRST_STEPS, clock);
        this.requests = new CallSlots(REQUESTS_PER_TARGET, REQUESTS, 0, clock);
    }

    /** All products, by name. */
    public List<DriverFactory> factories() {
        return factories.values().stream()
                .sorted(Comparator.comparing(DriverFactory::name))
                .toList();
    }

    /** Name of the product that the zone is set to. */
    public String providerOf(long zoneId) {
        return factory(settings.value(FrameworkSettings.PROVIDER, zoneId)).name();
    }

    /**
     * The product that somebody names for a zone; the one that the zone is set to when nobody does.
     *
     * @throws ProviderException {@code USER} when there is no product of that name; the message tells which there are
     */
    public String named(@Nullable String provider, long zoneId) {
        if (provider == null) {
            return providerOf(zoneId);
        }
        if (!factories.containsKey(provider)) {
            throw new ProviderException(
                    ErrorKind.USER,
                    "provider " + provider,
                    "Parameter provider is '" + provider + "'; known are " + knownNames());
        }
        return provider;
    }

    private String knownNames() {
        return String.join(", ", factories.keySet().stream().sorted().toList());
    }

    /** Name that the zone is set to, also when there is no such product. */
    public String providerNameOf(long zoneId) {
        return settings.value(FrameworkSettings.PROVIDER, zoneId);
    }

    /**
     * What the product can do.
     *
     * @throws ProviderException {@code EXTERNAL} also when the driver itself fails at the question
     */
    public Set<Capability> capabilities(String provider) {
        DriverFactory factory = factory(provider);
        try {
            return factory.capabilities();
        } catch (ProviderException e) {
            throw e;
        } catch (RuntimeException | LinkageError | AssertionError | VirtualMachineError e) {
            throw broken(provider, "question what it can do", e);
        }
    }

    /** Refuses what the product cannot do, in words. */
    public void require(String provider, Capability capability, String whatItWouldDo) {
        if (!capabilities(provider).contains(capability)) {
            throw new ProviderException(
                    ErrorKind.USER, "provider " + provider, "Provider " + provider + " cannot " + whatItWouldDo);
        }
    }

    /** Refuses when backup and recovery is switched off for the zone or as a whole; returns the zone. */
    public Zone requireEnabled(long zoneId) {
        Zone zone = zone(zoneId);
        if (!isEnabled(zoneId)) {
            boolean everywhere = Boolean.parseBoolean(settings.value(FrameworkSettings.ENABLED));
            throw new ProviderException(
                    ErrorKind.EXTERNAL,
                    "zone " + zone.name(),
                    "Backup and recovery is disabled for zone " + zone.name() + ": setting "
                            + FrameworkSettings.ENABLED.key() + " is false "
                            + (everywhere ? "for this zone" : "globally"));
        }
        return zone;
    }

    /** Whether backup and recovery is switched on, as a whole and for the zone. */
    public boolean isEnabled(long zoneId) {
        return Boolean.parseBoolean(settings.value(FrameworkSettings.ENABLED))
                && Boolean.parseBoolean(settings.value(FrameworkSettings.ENABLED, zoneId));
    }

    /** The zone; empty when there is none of that id any more. */
    public Optional<Zone> findZone(long zoneId) {
        return zones.find(zoneId);
    }

    /** The zone, or {@code NOT_FOUND}. */
    public Zone zone(long zoneId) {
        return zones.find(zoneId)
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.NOT_FOUND, "zone " + zoneId, "The zone does not exist any more"));
    }

    /** What a driver of that product is told of the zone now, whatever product the zone is set to. */
    public ZoneContext context(String provider, long zoneId) {
        return context(zone(zoneId), settings.valuesIn(zoneId, factory(provider).settings()));
    }

    private ZoneContext context(Zone zone, Map<String, String> values) {
        return new ZoneContext(zone.uuid(), zone.name(), values, clock);
    }

    /**
     * Calls the zone's driver.
     *
     * @param what the call in words, for messages, such as {@code start of a backup of vm web-1}
     * @throws ProviderException the driver's own; {@code EXTERNAL} with its cause for anything else the driver throws, errors of
     *     the virtual machine such as a missing class or a full stack included; {@code INTERNAL} inside a transaction
     */
    public <T> T call(String provider, long zoneId, String what, Function<BackupDriver, T> call) {
        transactions.refuseOpen(what);
        DriverFactory factory = factory(provider);
        Opened opened = borrow(factory, zone(zoneId), what);
        try {
            return requireNonNull(call.apply(opened.driver), "the driver returned null");
        } catch (ProviderException e) {
            throw e;
        } catch (RuntimeException | LinkageError | AssertionError | VirtualMachineError e) {
            throw broken(provider, what, e);
        } finally {
            giveBack(opened);
        }
    }

    /** As {@link #call} for calls without a result. */
    public void run(String provider, long zoneId, String what, Consumer<BackupDriver> call) {
        call(provider, zoneId, what, driver -> {
            call.accept(driver);
            return true;
        });
    }

    /**
     * As {@link #call} for calls that somebody waits for, of which a bounded number runs at a time.
     *
     * @throws ProviderException also {@code UNAVAILABLE} when the product has answered none of the calls before for a while
     */
    public <T> T request(String provider, long zoneId, String what, Function<BackupDriver, T> call) {
        Slot slot = requests.take(provider, zoneId, REQUEST_PATIENCE)
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.UNAVAILABLE,
                        "provider " + provider,
                        "The " + what
                                + " was not begun: as many calls as may wait for providers at a time wait for an answer;"
                                + " try again later"));
        try (slot) {
            return call(provider, zoneId, what, call);
        }
    }

    /**
     * As {@link #request} for calls of jobs, which hold no thread while they wait for their turn.
     *
     * @throws CallNotBegunException when as many calls as may wait for the product do so; the product was not asked
     */
    public <T> T requestOfJob(String provider, long zoneId, String what, Function<BackupDriver, T> call) {
        Slot slot = requests.take(provider, zoneId, Duration.ZERO)
                .orElseThrow(() -> new CallNotBegunException(
                        "Waits to begin the " + what + ": as many calls as may wait for providers at a time do so",
                        bounded(requests.refusedFor(provider, zoneId))));
        try (slot) {
            return call(provider, zoneId, what, call);
        }
    }

    /**
     * The right to occupy a thread with calls of a product; empty at once when so many threads are occupied that the others are
     * needed for other products and other work.
     */
    public Optional<Slot> stepSlot(String provider, long zoneId) {
        return steps.take(provider, zoneId, Duration.ZERO);
    }

    /**
     * How long to wait after {@link #stepSlot} was empty: as long as it has been so for everybody, 1 to 30 seconds. Many who wait
     * for a product that never answers so cost little, and those that wait for a busy one are soon back.
     */
    public Duration stepWait(String provider, long zoneId) {
        return bounded(steps.refusedFor(provider, zoneId));
    }

    private static Duration bounded(Duration wait) {
        if (wait.compareTo(SHORTEST_WAIT) < 0) {
            return SHORTEST_WAIT;
        }
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    /** To be closed when the calls have returned. */
    public interface Slot extends AutoCloseable {
        @Override
        void close();
    }

    /** Closes every driver that no call uses; the others follow with their last call. Later calls fail. */
    @Override
    public void close() {
        List<Opened> unused = new ArrayList<>();
        synchronized (open) {
            closed = true;
            for (Opened opened : open.values()) {
                opened.retired = true;
                if (opened.users == 0) {
                    unused.add(opened);
                }
            }
            open.clear();
        }
        unused.forEach(Drivers::closeQuietly);
    }

    private DriverFactory factory(String provider) {
        return Optional.ofNullable(factories.get(provider))
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.EXTERNAL,
                        "provider " + provider,
                        "There is no backup provider named '" + provider + "'; known are " + knownNames()));
    }

    private Opened borrow(DriverFactory factory, Zone zone, String what) {
        Map<String, String> values = settings.valuesIn(zone.id(), factory.settings());
        Key key = new Key(factory.name(), zone.id());
        Opened replaced = null;
        Opened current;
        synchronized (open) {
            if (closed) {
                throw new ProviderException(ErrorKind.UNAVAILABLE, what, what + " was refused: the server is stopping");
            }
            current = open.get(key);
            if (current == null || !current.settings.equals(values)) {
                Opened fresh = openDriver(factory, zone, values, what);
                if (current != null) {
                    current.retired = true;
                    replaced = current.users == 0 ? current : null;
                }
                open.put(key, fresh);
                current = fresh;
            }
            current.users++;
        }
        if (replaced != null) {
            closeQuietly(replaced);
        }
        return current;
    }

    private Opened openDriver(DriverFactory factory, Zone zone, Map<String, String> values, String what) {
        try {
            return new Opened(values, factory.open(context(zone, values)));
        } catch (ProviderException e) {
            throw e;
        } catch (RuntimeException | LinkageError | AssertionError | VirtualMachineError e) {
            throw broken(factory.name(), what, e);
        }
    }

    private void giveBack(Opened opened) {
        boolean last;
        synchronized (open) {
            opened.users--;
            last = opened.retired && opened.users == 0;
        }
        if (last) {
            closeQuietly(opened);
        }
    }

    /** One driver's error ends that call and no more: whoever made the call handles it as any failure of the product. */
    private static ProviderException broken(String provider, String what, Throwable cause) {
        if (cause instanceof Error) {
            LOG.error("Provider {} met an error at {}", provider, what, cause);
        }
        return new ProviderException(
                ErrorKind.EXTERNAL,
                "provider " + provider,
                "Provider " + provider + " failed unexpectedly at " + what + ": " + cause,
                cause);
    }

    private static void closeQuietly(Opened opened) {
        try {
            opened.driver.close();
        } catch (RuntimeException | LinkageError | AssertionError | VirtualMachineError e) {
            LOG.warn("A driver failed while it was closed", e);
        }
    }

    private record Key(String provider, long zoneId) {}

    /** A driver with the number of calls in it; guarded by {@code open}. */
    private static final class Opened {
        private final Map<String, String> settings;
        private final BackupDriver driver;
        private int users;
        private boolean retired;

        Opened(Map<String, String> settings, BackupDriver driver) {
            this.settings = Map.copyOf(settings);
            this.driver = driver;
        }
    }
}
