/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import static java.util.Objects.requireNonNull;

/** An answer of a path beside the API, such as a health check. */
public record PlainAnswer(int status, String contentType, String body) {
    public PlainAnswer {
        requireNonNull(contentType, "contentType is null");
        requireNonNull(body, "body is null");
    }
}
