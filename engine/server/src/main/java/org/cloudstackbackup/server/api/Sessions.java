/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.util.Optional;
import org.cloudstackbackup.framework.identity.Caller;

/** Logged-in browsers and scripts. Ids and keys are random and not guessable. Safe for use by many threads. */
public interface Sessions {
    /** Opens a session for somebody who has just proven who they are. */
    Session create(Caller caller);

    /**
     * Who the session belongs to, as they are now, and marks the session as used.
     *
     * @return empty when there is no such session, when it was idle for too long, and when the key is not its key; in the
     *     last case the session is destroyed, since somebody tries to ride on it. Keys are compared in constant time.
     */
    Optional<Caller> find(String sessionId, String sessionKey);

    /** Ends the session; nothing happens when there is none. */
    void destroy(String sessionId);

    /** The secrets of a new session. They are in no text form of this record. */
    record Session(String id, String key) {
        @Override
        public String toString() {
            return "Session[]";
        }
    }
}
