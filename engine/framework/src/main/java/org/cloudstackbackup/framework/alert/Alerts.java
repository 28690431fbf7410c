/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.alert;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Tells the cloud's admins of what needs them: one alert per cause, however often the cause is met. Joins an open transaction;
 * what is delivered outside (webhook, mail) is written down and sent later, never within a call of this. Safe for use by many
 * threads and nodes.
 */
public interface Alerts {
    /** Raises an alert, unless one of the same type and cause stands; that one then counts the repetition. */
    void raise(NewAlert alert);

    /**
     * Has the standing alert of that type and cause tell of a consequence: it counts the repetition, and its text gets the note
     * unless it ends with it.
     *
     * @return false, and nothing happens, when there is none
     */
    boolean join(AlertType type, String cause, String note);

    /** Resolves the standing alert of that type and cause; nothing happens when there is none. */
    void resolve(AlertType type, String cause);

    /** The cause of alerts about a provider in a zone. */
    static String provider(String zoneUuid, String provider) {
        return "zone:" + zoneUuid + ":" + provider;
    }

    /** The cause of alerts about a VM. */
    static String vm(String uuid) {
        return "vm:" + uuid;
    }

    /**
     * What is wrong.
     *
     * @param cause identifies the cause among those of its type and stays the same while it lasts, such as {@code
     *     vm:<uuid>} or {@code zone:<uuid>:<provider>}; holds no time and no message
     * @param subject a short line, without line breaks
     * @param content what was tried, on what, what came back, and what can be done; no secrets
     * @param zoneId null when the cause is not in a zone
     */
    record NewAlert(
            AlertType type,
            String cause,
            String subject,
            String content,
            @Nullable Long zoneId) {
        public NewAlert {
            requireNonNull(type, "type is null");
            requireNonNull(cause, "cause is null");
            requireNonNull(subject, "subject is null");
            requireNonNull(content, "content is null");
        }
    }
}
