/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.alert;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message about an alert to one receiver. Everything but {@code attempts} stays the same from attempt to attempt.
 *
 * @param uuid the same in every attempt, so that a receiver can drop repetitions
 * @param channel the {@link Channel#name()} that delivers it
 * @param target the receiver, in the channel's words
 * @param subject one line
 * @param at when the alert was raised or resolved
 * @param attempts how many have failed so far
 */
public record Delivery(
        long id,
        String uuid,
        News news,
        String channel,
        String target,
        String alertUuid,
        int type,
        String name,
        String cause,
        @Nullable String zoneUuid,
        @Nullable String zoneName,
        String subject,
        String content,
        Instant at,
        int attempts) {
    public Delivery {
        requireNonNull(uuid, "uuid is null");
        requireNonNull(news, "news is null");
        requireNonNull(channel, "channel is null");
        requireNonNull(target, "target is null");
        requireNonNull(alertUuid, "alertUuid is null");
        requireNonNull(name, "name is null");
        requireNonNull(cause, "cause is null");
        requireNonNull(subject, "subject is null");
        requireNonNull(content, "content is null");
        requireNonNull(at, "at is null");
    }

    /** What a message tells. */
    public enum News {
        RAISED,
        RESOLVED
    }
}
