/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import org.jspecify.annotations.Nullable;

/** What a caller says about a user to be made; unchecked. The password is in no text form of this record. */
record NewUser(
        String username,
        String password,
        String firstname,
        String lastname,
        String email,
        @Nullable String timezone,
        @Nullable String uuid) {
    @Override
    public String toString() {
        return "NewUser[username=" + username + "]";
    }
}
