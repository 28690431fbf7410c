/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.identity;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The projects that a caller belongs to, by the accounts that own the projects' things. Looked up when it first matters, as most
 * calls never ask, and then kept for the call. Safe for use by many threads.
 */
public final class Memberships {
    /** Belongs to no project. */
    public static final Memberships NONE = new Memberships(Set::of);

    private final Supplier<Set<Long>> source;
    private volatile @Nullable Set<Long> known;

    public Memberships(Supplier<Set<Long>> source) {
        this.source = requireNonNull(source, "source is null");
    }

    /** Whether the account is that of a project which the caller belongs to. */
    public boolean includes(long accountId) {
        return accounts().contains(accountId);
    }

    /** All of them. */
    public Set<Long> accounts() {
        Set<Long> accounts = known;
        if (accounts == null) {
            accounts = Set.copyOf(source.get());
            known = accounts;
        }
        return accounts;
    }
}
