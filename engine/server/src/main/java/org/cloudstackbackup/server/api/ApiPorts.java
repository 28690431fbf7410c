/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.time.Clock;

/** What the API asks of others to know who is calling. */
public record ApiPorts(UserDirectory users, Sessions sessions, Logins logins, Clock clock) {}
