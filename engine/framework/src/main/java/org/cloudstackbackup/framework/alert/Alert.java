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
 * An alert as it is kept. It stands until it is resolved.
 *
 * @param type the number of its {@link AlertType}, also of one that this release does not know
 * @param name the wire name of its type
 * @param zoneUuid null when its cause is not in a zone
 * @param raised how often the cause was met
 * @param lastRaised when the cause was last met
 * @param resolved when the cause was gone; null while the alert stands
 */
public record Alert(
        long id,
        String uuid,
        int type,
        String name,
        String cause,
        String subject,
        String content,
        @Nullable String zoneUuid,
        @Nullable String zoneName,
        long raised,
        Instant created,
        Instant lastRaised,
        @Nullable Instant resolved) {
    public Alert {
        requireNonNull(uuid, "uuid is null");
        requireNonNull(name, "name is null");
        requireNonNull(cause, "cause is null");
        requireNonNull(subject, "subject is null");
        requireNonNull(content, "content is null");
        requireNonNull(created, "created is null");
        requireNonNull(lastRaised, "lastRaised is null");
    }
}
