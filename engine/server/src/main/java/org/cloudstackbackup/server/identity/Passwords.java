/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.util.concurrent.atomic.LongAdder;

/** Hashes passwords with Argon2id and checks them. Each call takes some 19 MiB and tens of milliseconds. Thread-safe. */
public final class Passwords {
    /** A stored value that no password matches. */
    static final String NONE = "!";

    private static final int MEMORY_KIB = 19 * 1024;
    private static final int ITERATIONS = 2;
    private static final int PARALLELISM = 1;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;

    private final Argon2Function argon2 =
            Argon2Function.getInstance(MEMORY_KIB, ITERATIONS, PARALLELISM, HASH_BYTES, Argon2.ID);
    private final LongAdder computed = new LongAdder();

    /** How often Argon2 was computed: what hashes and checks cost, counted instead of timed. */
    long computed() {
        return computed.sum();
    }

    /** The hash with its salt and costs, as {@code $argon2id$...}. */
    String hash(String password) {
        computed.increment();
        return Password.hash(password).addRandomSalt(SALT_BYTES).with(argon2).getResult();
    }

    /** Compares in constant time; against {@link #NONE} it takes the same time and is false. */
    boolean matches(String password, String hash) {
        if (!hash.startsWith("$argon2id$")) {
            spendTheTime(password);
            return false;
        }
        computed.increment();
        return Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash));
    }

    /** What a check costs, for users that do not exist, so that nobody learns from the clock which names do. */
    void spendTheTime(String password) {
        hash(password);
    }
}
