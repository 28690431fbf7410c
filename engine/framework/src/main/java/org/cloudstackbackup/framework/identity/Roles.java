/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.identity;

import java.util.List;
import java.util.Optional;

/** The roles there are. They are made once, at the first start. Safe for use by many threads. */
public interface Roles {
    Optional<Role> find(long id);

    Optional<Role> findByUuid(String uuid);

    /** All roles by id. */
    List<Role> all();

    /** Keeps a role under the id that it brings. */
    void add(Role role);
}
