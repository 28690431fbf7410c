/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the endpoint needs of an HTTP request. */
record ApiRequest(
        String method, RequestParams params, Map<String, String> cookies, String remoteAddress, boolean secure) {
    boolean isPost() {
        return method.equals("POST");
    }

    boolean wantsJson() {
        return "json".equalsIgnoreCase(params.get("response"));
    }

    @Nullable
    String command() {
        return params.get("command");
    }
}
