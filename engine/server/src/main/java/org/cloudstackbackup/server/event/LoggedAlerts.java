/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.event;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.framework.alert.AlertType;
import org.cloudstackbackup.framework.alert.Alerts;

/** Writes alerts to the log only. */
public final class LoggedAlerts implements Alerts {
    private static final Logger LOG = LogManager.getLogger(LoggedAlerts.class);

    @Override
    public void raise(NewAlert alert) {
        LOG.warn("{}: {}: {}", alert.type().wireName(), alert.subject(), alert.content());
    }

    @Override
    public void resolve(AlertType type, String cause) {
        LOG.info("{} of {} is resolved", type.wireName(), cause);
    }
}
