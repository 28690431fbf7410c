/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.cloudstackbackup.pxbackup.client.ObjectRef;
import org.cloudstackbackup.pxbackup.client.StatusInfo;
import org.cloudstackbackup.pxbackup.client.Typed;
import org.jspecify.annotations.Nullable;

/** Turns what PX-Backup tells into fields of an answer; what is not there is left out. */
final class Shown {
    private Shown() {}

    static @Nullable Date date(@Nullable Instant instant) {
        return instant == null ? null : Date.from(instant);
    }

    static @Nullable String name(@Nullable ObjectRef ref) {
        return ref == null ? null : ref.name();
    }

    static @Nullable String uid(@Nullable ObjectRef ref) {
        return ref == null ? null : ref.uid();
    }

    static @Nullable String type(@Nullable Typed typed) {
        return typed == null ? null : typed.type();
    }

    static @Nullable String status(@Nullable StatusInfo info) {
        return info == null ? null : info.status();
    }

    static @Nullable String reason(@Nullable StatusInfo info) {
        return info == null ? null : info.reason();
    }

    /** A name that older and newer servers tell in different places. */
    static @Nullable String either(@Nullable String one, @Nullable String other) {
        return one == null || one.isEmpty() ? other : one;
    }

    static @Nullable List<String> texts(List<String> all) {
        return all.isEmpty() ? null : all;
    }

    static @Nullable Map<String, String> map(Map<String, String> all) {
        return all.isEmpty() ? null : all;
    }

    static <T, R> @Nullable List<R> list(List<T> all, Function<T, R> view) {
        return all.isEmpty() ? null : all.stream().map(view).toList();
    }
}
