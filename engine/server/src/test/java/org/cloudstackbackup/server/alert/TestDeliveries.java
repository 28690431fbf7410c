/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.alert;

import java.time.Instant;
import org.cloudstackbackup.framework.alert.Delivery;
import org.cloudstackbackup.framework.alert.Delivery.News;

/** Messages to be sent. */
final class TestDeliveries {
    static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    private TestDeliveries() {}

    static Delivery of(News news, String target, String subject) {
        return new Delivery(
                1,
                "0b7c3f0e-5f2c-4c1b-9f53-3a2f6f0d1c11",
                news,
                "channel",
                target,
                "alert-1",
                1001,
                "ALERT.BACKUP.FAILED",
                "vm:vm-1",
                "zone-1",
                "Zürich",
                subject,
                "The disk of \"web\" is full; größer wäre besser",
                AT,
                0);
    }
}
