/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The rules in force; the first that hits a request counts. For many threads. */
public final class Faults {
    private static final long SEED = 42;

    private final List<Armed> rules = new ArrayList<>();
    private Random random = new Random(SEED);

    public synchronized void add(Fault fault) {
        rules.add(new Armed(fault));
    }

    /** Forgets all rules. */
    public synchronized void clear() {
        rules.clear();
        random = new Random(SEED);
    }

    /** The fault for a request; every rule that matches counts it. */
    public synchronized Optional<Fault> hit(Call call) {
        Fault first = null;
        for (Armed each : rules) {
            if (each.fault.matches(call) && each.hits(random) && first == null) {
                first = each.fault;
            }
        }
        return Optional.ofNullable(first);
    }

    /** The rules, and how often each has matched. */
    public synchronized JsonArray json() {
        JsonArray all = new JsonArray();
        for (Armed each : rules) {
            JsonObject json = each.fault.json();
            json.addProperty("matched", each.matched);
            all.add(json);
        }
        return all;
    }

    private static final class Armed {
        private final Fault fault;
        private int matched;

        Armed(Fault fault) {
            this.fault = fault;
        }

        boolean hits(Random random) {
            matched++;
            boolean within = matched >= fault.nth() && (fault.times() == 0 || matched < fault.nth() + fault.times());
            return within && (fault.probability() >= 1 || random.nextDouble() < fault.probability());
        }
    }
}
