/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.config;

import org.cloudstackbackup.clusterexport.observe.Level;

/** How the process shows itself. {@code schedule} (cron) and {@code pushgateway} (URL) may be empty; port 0 means no listener. */
public record ServiceSettings(Level logLevel, int metricsPort, String schedule, String pushgateway) {}
