/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.identity;

import static java.util.Objects.requireNonNull;

/** What a script signs its requests with. The secret key is for its owner only: it is never written to a log. */
public record ApiKeys(String apiKey, String secretKey) {
    public ApiKeys {
        requireNonNull(apiKey, "apiKey is null");
        requireNonNull(secretKey, "secretKey is null");
    }

    @Override
    public String toString() {
        return "ApiKeys[]";
    }
}
