/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.identity;

import java.time.Instant;
import java.util.Optional;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;

/** Who can call, and by what they are recognised. Joins an open transaction. Safe for use by many threads. */
public interface Users {
    /** The user of that id, also when it or its account is removed. */
    Optional<ListedUser> find(long id);

    /** The user of that uuid, also when it or its account is removed. */
    Optional<ListedUser> findByUuid(String uuid);

    /** Those that the filter lets through, by id, without removed ones and without the system's own. */
    Page<ListedUser> page(UserFilter filter, PageRequest page);

    /** The user of that name in the domain with its password; capital and small letters are the same. Never a removed one. */
    Optional<StoredPassword> findPassword(String username, long domainId);

    /**
     * Who owns the API key, in one statement; exact, never a removed user, but perhaps a disabled one.
     *
     * @throws org.cloudstackbackup.spi.ProviderException {@code INTERNAL} when the secret key cannot be decrypted
     */
    Optional<Credentials> findByApiKey(String apiKey);

    /**
     * The user's API keys; empty when it has none.
     *
     * @throws org.cloudstackbackup.spi.ProviderException {@code INTERNAL} when the secret key cannot be decrypted
     */
    Optional<ApiKeys> keys(long id);

    /** Keeps a user and returns it with its id; id 0 lets the database choose one. The user's API key is not written. */
    User add(User user, String passwordHash);

    /** Writes name, first and last name, e-mail address, time zone and state. */
    void update(User user);

    void setPassword(long id, String passwordHash);

    void setKeys(long id, ApiKeys keys);

    /** Marks the user as removed and forgets its API keys; false when it was so already. */
    boolean remove(long id, Instant when);

    /** A user and the hash that its password must have. */
    record StoredPassword(ListedUser user, String hash) {
        @Override
        public String toString() {
            return "StoredPassword[user=" + user.user().uuid() + "]";
        }
    }

    /** A user and the key that its requests must be signed with. */
    record Credentials(ListedUser user, String secretKey) {
        @Override
        public String toString() {
            return "Credentials[user=" + user.user().uuid() + "]";
        }
    }
}
