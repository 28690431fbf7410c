/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, written as Kubernetes writes quantities: {@code 1500}, {@code 10Mi}, {@code 5M}. */
public record ByteSize(long bytes) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,12})(Ki|Mi|Gi|k|M|G)?");
    private static final Map<String, Long> UNITS =
            Map.of("Ki", 1L << 10, "Mi", 1L << 20, "Gi", 1L << 30, "k", 1_000L, "M", 1_000_000L, "G", 1_000_000_000L);

    /** Reads a size; {@code Ki Mi Gi} are powers of 1024, {@code k M G} of 1000. */
    public static ByteSize parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a size is digits, alone or with Ki, Mi, Gi, k, M or G");
        }
        String unit = matcher.group(2);
        long bytes = Long.parseLong(matcher.group(1)) * (unit == null ? 1 : UNITS.getOrDefault(unit, 1L));
        if (bytes <= 0) {
            throw new IllegalArgumentException("a size is more than 0");
        }
        return new ByteSize(bytes);
    }
}
