/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.util.Optional;
import org.cloudstackbackup.framework.identity.Caller;
import org.jspecify.annotations.Nullable;

/** Checks passwords. Safe for use by many threads; the server bounds how many checks run at a time. */
public interface Logins {
    /**
     * Who has that name and password.
     *
     * @param domain path with or without slashes at its ends, or null
     * @param domainId uuid or internal id of the domain, or null; without either the root domain is meant
     * @return empty for an unknown user, a wrong password, a disabled user or account. All take the same time.
     */
    Optional<Caller> authenticate(String username, String password, @Nullable String domain, @Nullable String domainId);
}
