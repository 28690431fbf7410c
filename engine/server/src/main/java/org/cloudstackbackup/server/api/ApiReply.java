/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An answer of the endpoint, complete but for the headers that all answers have. */
record ApiReply(int status, String contentType, String body, Map<String, List<String>> headers) {
    private static final int HEADER_LENGTH = 1000;

    ApiReply {
        headers = Map.copyOf(headers);
    }

    static ApiReply plain(int status, String text, Map<String, List<String>> headers) {
        return new ApiReply(status, "text/plain;charset=utf-8", text, headers);
    }

    ApiReply with(String header, List<String> values) {
        Map<String, List<String>> more = new LinkedHashMap<>(headers);
        more.put(header, List.copyOf(values));
        return new ApiReply(status, contentType, body, more);
    }

    /** One line of printable ASCII, fit for a header whatever a caller put into the text. */
    static String headerText(String text) {
        String line = text.replaceAll("[^\\x20-\\x7e]+", "?");
        return line.length() <= HEADER_LENGTH ? line : line.substring(0, HEADER_LENGTH);
    }
}
