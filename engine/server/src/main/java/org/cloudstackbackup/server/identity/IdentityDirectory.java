/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.server.api.Callers;
import org.cloudstackbackup.server.api.Tenants;
import org.cloudstackbackup.server.api.UserDirectory;
import org.cloudstackbackup.spi.ProviderException;

/** Who is who, for the API: always as the database has it now, so that what is revoked stops to work at once. */
public final class IdentityDirectory implements UserDirectory, Callers, Tenants {
    private static final Logger LOG = LogManager.getLogger(IdentityDirectory.class);

    private final IdentityStores stores;

    public IdentityDirectory(IdentityStores stores) {
        this.stores = requireNonNull(stores, "stores is null");
    }

    /** One statement on a unique index; nothing is cached. Whose secret key cannot be decrypted is nobody. */
    @Override
    public Optional<KeyHolder> findByApiKey(String apiKey) {
        try {
            return stores.users()
                    .findByApiKey(apiKey)
                    .filter(found -> found.user().domain().removed() == null)
                    .map(found -> new KeyHolder(found.user().toCaller(stores.projects()), found.secretKey()));
        } catch (ProviderException e) {
            // The sender is not known yet and must not learn what is wrong.
            LOG.error("A signed request was refused", e);
            return Optional.empty();
        }
    }

    @Override
    public Optional<Caller> find(long userId) {
        return stores.users()
                .find(userId)
                .filter(found ->
                        found.user().removed() == null && found.account().removed() == null)
                .map(found -> found.toCaller(stores.projects()));
    }

    @Override
    public Optional<Domain> findDomain(long id) {
        return stores.domains().find(id).filter(found -> found.removed() == null);
    }

    @Override
    public Optional<Account> findAccount(String name, long domainId) {
        return stores.accounts().findByName(name, domainId);
    }

    @Override
    public Optional<Owner> findProject(long id) {
        return stores.projects()
                .find(id)
                .filter(found -> found.removed() == null)
                .flatMap(found -> stores.projects().owner(id));
    }
}
