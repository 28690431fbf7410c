/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.Domains;
import org.cloudstackbackup.framework.identity.ListedUser;
import org.cloudstackbackup.framework.identity.Users.StoredPassword;
import org.cloudstackbackup.server.api.Logins;
import org.jspecify.annotations.Nullable;

/** {@link Logins} against the stored hashes. */
public final class PasswordLogins implements Logins {
    private static final String ROOT = "ROOT";

    private final IdentityStores stores;
    private final Passwords passwords;

    public PasswordLogins(IdentityStores stores, Passwords passwords) {
        this.stores = requireNonNull(stores, "stores is null");
        this.passwords = requireNonNull(passwords, "passwords is null");
    }

    @Override
    public Optional<Caller> authenticate(
            String username, String password, @Nullable String domain, @Nullable String domainId) {
        Optional<StoredPassword> stored = domainOf(domain, domainId)
                .filter(found -> found.removed() == null)
                .flatMap(found -> stores.users().findPassword(username, found.id()));
        if (stored.isEmpty()) {
            passwords.spendTheTime(password);
            return Optional.empty();
        }
        boolean matches = passwords.matches(password, stored.get().hash());
        ListedUser user = stored.get().user();
        return matches && user.isEnabled() ? Optional.of(user.toCaller(stores.projects())) : Optional.empty();
    }

    private Optional<Domain> domainOf(@Nullable String path, @Nullable String id) {
        Domains domains = stores.domains();
        if (id != null && !id.isBlank()) {
            return domains.findByUuid(id).or(() -> internalId(id).flatMap(domains::find));
        }
        if (path == null) {
            return domains.find(Domain.ROOT_ID);
        }
        String bare = path.strip().replaceAll("^/+|/+$", "");
        return domains.findByPath(slashed(bare)).or(() -> domains.findByPath(slashed(withoutRoot(bare))));
    }

    private static Optional<Long> internalId(String text) {
        return text.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    private static String slashed(String bare) {
        return bare.isEmpty() ? "/" : "/" + bare + "/";
    }

    /** People also write paths as they see them in listings: {@code ROOT/a/b}. */
    private static String withoutRoot(String bare) {
        if (bare.equalsIgnoreCase(ROOT)) {
            return "";
        }
        return bare.regionMatches(true, 0, ROOT + "/", 0, ROOT.length() + 1) ? bare.substring(ROOT.length() + 1) : bare;
    }
}
