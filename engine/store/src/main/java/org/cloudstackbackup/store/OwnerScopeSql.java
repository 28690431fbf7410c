/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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

    private static final String EVERYTHING = "1 = 1";
    private static final String PROJECT_ACCOUNTS =
            "(SELECT owner_project.project_account_id FROM projects owner_project)";

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
        if (scope instanceof OwnerScope.Accounts accounts) {
            return oneOf(accounts.accountIds(), accountColumn);
        }
        if (scope instanceof OwnerScope.WithoutProjects without) {
            return of(without.scope(), accountColumn, domainColumn).and(accountColumn + " NOT IN " + PROJECT_ACCOUNTS);
        }
        if (scope instanceof OwnerScope.OnlyProjects only) {
            return of(only.scope(), accountColumn, domainColumn).and(accountColumn + " IN " + PROJECT_ACCOUNTS);
        }
        if (scope instanceof OwnerScope.All) {
            return everything();
        }
        throw new IllegalArgumentException("There is no condition for " + scope);
    }

    /** Numbers need no binding. */
    private static OwnerScopeSql oneOf(Set<Long> accounts, String accountColumn) {
        if (accounts.isEmpty()) {
            return new OwnerScopeSql("1 = 0", Map.of());
        }
        String ids = accounts.stream().sorted().map(String::valueOf).collect(Collectors.joining(", "));
        return new OwnerScopeSql(accountColumn + " IN (" + ids + ")", Map.of());
    }

    private OwnerScopeSql and(String further) {
        return new OwnerScopeSql(condition.equals(EVERYTHING) ? further : condition + " AND " + further, bindings);
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
        return new OwnerScopeSql(EVERYTHING, Map.of());
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
