/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.usage;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** What {@link UsageSum} comes to for a bill. */
public record UsageRecord(UsageSum sum) {
    private static final BigDecimal MICROS_PER_HOUR = BigDecimal.valueOf(3_600_000_000L);
    private static final int HOUR_DIGITS = 10;

    public UsageRecord {
        requireNonNull(sum, "sum is null");
    }

    /** Hours within the interval, to ten digits. */
    public BigDecimal hours() {
        BigDecimal hours = BigDecimal.valueOf(sum.micros()).divide(MICROS_PER_HOUR, HOUR_DIGITS, RoundingMode.HALF_UP);
        return hours.signum() == 0 ? BigDecimal.ZERO : hours.stripTrailingZeros();
    }

    /** Bytes on backup storage, averaged over {@link #hours()}, rounded to the nearest byte, halves up. */
    public long averageBytes() {
        return average(sum.byteMicros());
    }

    /** Bytes of the virtual sizes, averaged likewise. */
    public long averageProtectedBytes() {
        return average(sum.protectedByteMicros());
    }

    private long average(BigDecimal total) {
        return total.divide(BigDecimal.valueOf(sum.micros()), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }
}
