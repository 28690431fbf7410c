/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.limit;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.Domain;

/**
 * Somebody whom limits apply to, with what was set for it and what it uses.
 *
 * @param id of the account or domain, as the kind says
 * @param name of the account; for domains the path as CloudStack shows it
 * @param domainUuid the domain itself, or the one the account is in
 * @param ownLimits in the units of the types; types without an entry have the default of the kind
 */
public record Holder(
        Kind kind, long id, String name, String domainUuid, Map<ResourceType, Long> ownLimits, Footprint used) {
    public Holder {
        requireNonNull(kind, "kind is null");
        requireNonNull(name, "name is null");
        requireNonNull(domainUuid, "domainUuid is null");
        ownLimits = Map.copyOf(ownLimits);
        requireNonNull(used, "used is null");
    }

    /** The same with another use. */
    public Holder using(Footprint other) {
        return new Holder(kind, id, name, domainUuid, ownLimits, other);
    }

    /** Decides which defaults apply. */
    public enum Kind {
        ACCOUNT,
        /** A root admin's account, which has no limits. */
        ROOT_ADMIN,
        /** The account that owns what belongs to a project. */
        PROJECT,
        DOMAIN,
        /** Has no limits unless they were set. */
        ROOT_DOMAIN;

        private static final int ROOT_ADMIN_TYPE = 1;
        private static final int PROJECT_TYPE = 5;
        private static final long SYSTEM_ACCOUNT = Account.SYSTEM_ID;

        /** @param accountType CloudStack's number */
        public static Kind ofAccount(long id, int accountType) {
            if (accountType == PROJECT_TYPE) {
                return PROJECT;
            }
            return accountType == ROOT_ADMIN_TYPE || id == SYSTEM_ACCOUNT ? ROOT_ADMIN : ACCOUNT;
        }

        public static Kind ofDomain(long id) {
            return id == Domain.ROOT_ID ? ROOT_DOMAIN : DOMAIN;
        }
    }
}
