/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import com.cloud.event.EventTypes;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Sessions.OpenSession;
import org.cloudstackbackup.server.api.Sessions;

/**
 * {@link Sessions} in the database: every node knows every session, and a restart ends none. What is stored are hashes.
 */
public final class StoredSessions implements Sessions {
    /** A session ends when it was not used for so long. */
    public static final Duration IDLE = Duration.ofMinutes(30);

    /** How often its use is written down, at most: a page of the UI makes dozens of calls. */
    private static final Duration TOUCH_INTERVAL = Duration.ofMinutes(1);

    private final IdentityStores stores;
    private final Clock clock;
    private final Secrets secrets = new Secrets();

    public StoredSessions(IdentityStores stores, Clock clock) {
        this.stores = requireNonNull(stores, "stores is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public Session create(Caller caller) {
        Session session = new Session(secrets.token(), secrets.token());
        Instant now = clock.instant();
        stores.transactions().run(() -> {
            stores.sessions()
                    .add(new org.cloudstackbackup.framework.identity.Sessions.Session(
                            Secrets.sha256(session.id()),
                            Secrets.sha256(session.key()),
                            caller.user().id(),
                            now,
                            now));
            record(EventTypes.EVENT_USER_LOGIN, "in", caller);
        });
        return session;
    }

    @Override
    public Optional<Caller> find(String sessionId, String sessionKey) {
        String idHash = Secrets.sha256(sessionId);
        Optional<OpenSession> found = stores.sessions().find(idHash);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        OpenSession open = found.get();
        Instant now = clock.instant();
        Instant lastUsed = open.session().lastUsed();
        boolean expired = lastUsed.plus(IDLE).isBefore(now);
        if (expired || !isKey(sessionKey, open) || !open.user().isEnabled()) {
            stores.sessions().remove(idHash);
            return Optional.empty();
        }
        if (!lastUsed.plus(TOUCH_INTERVAL).isAfter(now)) {
            stores.sessions().touch(idHash, now);
        }
        return Optional.of(open.user().toCaller(stores.projects()));
    }

    private static boolean isKey(String sessionKey, OpenSession open) {
        return MessageDigest.isEqual(
                Secrets.sha256(sessionKey).getBytes(US_ASCII),
                open.session().keyHash().getBytes(US_ASCII));
    }

    @Override
    public void destroy(String sessionId) {
        String idHash = Secrets.sha256(sessionId);
        stores.transactions()
                .run(() -> stores.sessions().find(idHash).ifPresent(open -> {
                    stores.sessions().remove(idHash);
                    record(EventTypes.EVENT_USER_LOGOUT, "out", open.user().toCaller(stores.projects()));
                }));
    }

    /** Forgets the sessions that have ended by idleness; to be called now and then. Returns how many there were. */
    public int purge() {
        return stores.sessions().removeUnusedSince(clock.instant().minus(IDLE));
    }

    private void record(String type, String direction, Caller caller) {
        IdentityEvents.record(
                stores.events(),
                caller,
                caller.owner(),
                type,
                "User " + caller.user().username() + " has logged " + direction,
                IdentityEvents.Subject.of(caller.user()));
    }
}
