/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * A user of the token issuer.
 *
 * @param id the subject of tokens, which owns objects
 * @param groups names, without a slash
 * @param roles such as {@link #SUPER_ADMIN}
 * @param enabled false for an account that was disabled
 */
public record User(String id, String name, String password, Set<String> groups, Set<String> roles, boolean enabled) {
    public static final String SUPER_ADMIN = "px-backup-super.admin";
    public static final String INFRA_ADMIN = "px-backup-infra.admin";
    public static final String APP_ADMIN = "px-backup-app.admin";
    public static final String APP_USER = "px-backup-app.user";

    public User {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        requireNonNull(password, "password is null");
        groups = Set.copyOf(groups);
        roles = Set.copyOf(roles);
    }

    /** An enabled user whose id is made of the name. */
    public static User of(String name, String password, String role) {
        return new User("id-of-" + name, name, password, Set.of(), Set.of(role), true);
    }

    public User inGroups(String... changed) {
        return new User(id, name, password, Set.of(changed), roles, enabled);
    }

    public User disabled() {
        return new User(id, name, password, groups, roles, false);
    }

    boolean isSuperAdmin() {
        return roles.contains(SUPER_ADMIN);
    }

    @Override
    public String toString() {
        return name;
    }
}
