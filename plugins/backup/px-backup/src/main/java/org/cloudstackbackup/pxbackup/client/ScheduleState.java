/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/** How far a schedule or one of its runs is. {@link #UNKNOWN} stands for a word that came with a later server line. */
public enum ScheduleState implements State {
    INVALID("Invalid"),
    PENDING("Pending"),
    IN_PROGRESS("InProgress"),
    ABORTED("Aborted"),
    FAILED("Failed"),
    DELETING("Deleting"),
    SUCCESS("Success"),
    CAPTURED("Captured"),
    PARTIAL_SUCCESS("PartialSuccess"),
    DELETE_PENDING("DeletePending"),
    SUSPENDING("Suspending"),
    RESUMING("Resuming"),
    UNKNOWN("Unknown");

    private final String word;

    ScheduleState(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    /** True when nothing more happens by itself. */
    public boolean isEnd() {
        return EnumSet.of(ABORTED, FAILED, SUCCESS, PARTIAL_SUCCESS).contains(this);
    }

    /** Reads the word of the wire; nothing is {@link #INVALID}. */
    public static ScheduleState of(@Nullable String text) {
        for (ScheduleState each : values()) {
            if (each.word.equals(text) && each != UNKNOWN) {
                return each;
            }
        }
        return text == null || text.isEmpty() ? INVALID : UNKNOWN;
    }
}
