/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.identity;

import java.time.Instant;
import java.util.Optional;

/** Logged-in sessions, by hashes: who reads the database can open none of them. Safe for use by many threads. */
public interface Sessions {
    void add(Session session);

    /** The session and its user in one statement, however old it is; empty when there is none or its user is removed. */
    Optional<OpenSession> find(String idHash);

    /** Remembers that the session was used. */
    void touch(String idHash, Instant when);

    /** Ends one session; no harm when it is gone already. */
    void remove(String idHash);

    /** Ends all sessions of a user. */
    void removeOf(long userId);

    /** Ends the sessions that were last used before that moment, and returns how many. */
    int removeUnusedSince(Instant when);

    /** A session as it is kept; hashes are SHA-256 in hex. */
    record Session(String idHash, String keyHash, long userId, Instant created, Instant lastUsed) {}

    /** A session and whose it is. */
    record OpenSession(Session session, ListedUser user) {}
}
