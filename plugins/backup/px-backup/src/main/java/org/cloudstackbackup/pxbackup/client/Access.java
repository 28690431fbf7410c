/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import org.jspecify.annotations.Nullable;

/** Who may do what: a group by name or a user by the id of the token issuer. */
public record Access(@Nullable String id, @Nullable String access) {}
