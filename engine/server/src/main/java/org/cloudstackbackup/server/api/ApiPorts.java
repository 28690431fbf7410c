/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.time.Clock;

/** What the API asks of others to know who is calling, and what they may. */
public record ApiPorts(
        UserDirectory users, Sessions sessions, Logins logins, Clock clock, ApiRules rules, RequestLimiter limiter) {
    /** With the rules that are in force where nobody has set anything. */
    public ApiPorts(UserDirectory users, Sessions sessions, Logins logins, Clock clock) {
        this(users, sessions, logins, clock, ApiRules.byDefault(), new RequestLimiter(ApiRules.byDefault(), clock));
    }
}
