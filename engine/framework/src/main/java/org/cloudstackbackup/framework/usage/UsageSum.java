/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.usage;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The history of one VM under one offering within an interval, summed up without rounding, and the names to show.
 *
 * @param micros how long it was protected or had backups, in microseconds
 * @param byteMicros bytes on backup storage times microseconds
 * @param protectedByteMicros bytes of the virtual sizes times microseconds
 * @param vmUuid null when the VM's row was purged
 * @param projectUuid null unless a project owns it
 */
public record UsageSum(
        long micros,
        BigDecimal byteMicros,
        BigDecimal protectedByteMicros,
        String accountUuid,
        String accountName,
        @Nullable String projectUuid,
        @Nullable String projectName,
        String domainUuid,
        String domainName,
        String domainPath,
        String zoneUuid,
        @Nullable String vmUuid,
        @Nullable String vmName,
        String offeringUuid,
        String offeringName) {}
