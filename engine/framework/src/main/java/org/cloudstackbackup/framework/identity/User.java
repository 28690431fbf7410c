/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who can call the API on behalf of an account. Holds no password and no secret key.
 *
 * @param state {@code enabled} or {@code disabled}
 */
public record User(
        long id,
        String uuid,
        String username,
        long accountId,
        @Nullable String firstname,
        @Nullable String lastname,
        @Nullable String email,
        String state,
        @Nullable String apiKey,
        @Nullable String timezone,
        Instant created,
        @Nullable Instant removed) {
    /** Background work runs as this user. */
    public static final long SYSTEM_ID = 1;

    public boolean isEnabled() {
        return state.equals("enabled") && removed == null;
    }
}
