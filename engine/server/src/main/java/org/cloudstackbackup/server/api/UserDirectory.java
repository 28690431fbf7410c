/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.util.Optional;
import org.cloudstackbackup.framework.identity.Caller;

/** Finds who signs requests with an API key. Safe for use by many threads; called once for every signed request. */
public interface UserDirectory {
    /**
     * The user with that API key, in whatever state: the server itself refuses disabled users and accounts.
     *
     * @return empty when nobody has the key, or when its use is switched off for the user, the account or the domain
     */
    Optional<KeyHolder> findByApiKey(String apiKey);

    /** A user with the secret that signs. The secret is in no text form of this record. */
    record KeyHolder(Caller caller, String secretKey) {
        @Override
        public String toString() {
            return "KeyHolder[user=" + caller.user().username() + "]";
        }
    }
}
