/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came back: any status, the body within the limit. */
record Answer(int status, byte[] body, @Nullable Duration retryAfter) {
    private static final int LONGEST_TEXT = 1024;

    boolean isGood() {
        return status >= 200 && status < 300;
    }

    /** The body as text for messages, on one line and shortened. */
    String text() {
        int length = Math.min(body.length, 4 * LONGEST_TEXT);
        String text = new String(body, 0, length, StandardCharsets.UTF_8);
        return shorten(text.replaceAll("<[^>]*>", " "));
    }

    static String shorten(String text) {
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + "...";
    }
}
