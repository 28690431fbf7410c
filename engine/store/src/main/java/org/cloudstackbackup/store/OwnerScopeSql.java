/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.cloudstackbackup.framework.identity.OwnerScope;

/**
 * An {@link OwnerScope} as a condition on a table that has the columns {@code account_id} and {@code domain_id}.
 *
 * <p>Usage: {@code handle.createQuery("SELECT ... FROM backups b WHERE b.removed IS NULL AND " + owned.condition())
 * .bindMap(owned.bindings())}. The bindings' names begin with {@code owner}, so that they meet no others.
 *
 * @param condition SQL, never empty, safe to be joined with AND
 */
record OwnerScopeSql(String condition, Map<String, Object> bindings) {
    /** The character that makes the next one ordinary in {@code LIKE}; the same in H2 and MariaDB, and no wildcard itself. */
    private static final char ESCAPE = '!';

    OwnerScopeSql {
        requireNonNull(condition, "condition is null");
        bindings = Map.copyOf(bindings);
    }

    /** For a table whose owner columns are {@code alias.account_id} and {@code alias.domain_id}. */
    static OwnerScopeSql of(OwnerScope scope, String alias) {
        return of(scope, alias + ".account_id", alias + ".domain_id");
    }

    /** For tables that name the columns otherwise. */
    static OwnerScopeSql of(OwnerScope scope, String accountColumn, String domainColumn) {
        if (scope instanceof OwnerScope.DomainTree tree) {
            // The root's tree is everything: no need to look into the domains for it.
            return tree.path().equals("/")
                    ? everything()
                    : new OwnerScopeSql(
                            domainColumn + " IN (SELECT owner_domain.id FROM domain owner_domain"
                                    + " WHERE owner_domain.path LIKE :ownerPath ESCAPE '" + ESCAPE + "')",
                            Map.of("ownerPath", startingWith(tree.path())));
        }
        if (scope instanceof OwnerScope.OneDomain domain) {
            return new OwnerScopeSql(domainColumn + " = :ownerDomain", Map.of("ownerDomain", domain.domainId()));
        }
        if (scope instanceof OwnerScope.OneAccount account) {
            return new OwnerScopeSql(accountColumn + " = :ownerAccount", Map.of("ownerAccount", account.accountId()));
        }
        return everything();
    }

    /** The {@code LIKE} pattern, for {@code ESCAPE '!'}, of texts that begin so. */
    static String startingWith(String text) {
        return escaped(text) + "%";
    }

    /** The {@code LIKE} pattern, for {@code ESCAPE '!'}, of texts that have the given one in them; for keyword searches. */
    static String containing(String text) {
        return "%" + escaped(text) + "%";
    }

    private static OwnerScopeSql everything() {
        return new OwnerScopeSql("1 = 1", Map.of());
    }

    private static String escaped(String text) {
        StringBuilder pattern = new StringBuilder(text.length() + 8);
        for (char character : text.toCharArray()) {
            if (character == '%' || character == '_' || character == ESCAPE) {
                pattern.append(ESCAPE);
            }
            pattern.append(character);
        }
        return pattern.toString();
    }
}
