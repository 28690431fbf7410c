/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseListProjectAndAccountResourcesCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.cloudstackbackup.framework.usage.UsageRecord;
import org.cloudstackbackup.framework.usage.UsageRecords;
import org.cloudstackbackup.server.api.ListScopes;
import org.cloudstackbackup.server.identity.AccountResponse;
import org.cloudstackbackup.server.inventory.UserVmResponse;
import org.jspecify.annotations.Nullable;

@APICommand(
        name = "listUsageRecords",
        description = "Lists for how long VMs were protected within an interval, and how much was stored on average.",
        responseObject = UsageRecordResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin})
@SuppressWarnings("NullAway.Init")
public final class ListUsageRecordsCommand extends BaseListProjectAndAccountResourcesCmd {
    private static final LocalTime END_OF_DAY = LocalTime.of(23, 59, 59);

    @Inject
    private UsageRecords records;

    @Inject
    private ListScopes scopes;

    @Parameter(
            name = "startdate",
            type = CommandType.DATE,
            required = true,
            description = "begin of the interval; midnight UTC for a date without a time")
    private Date startDate;

    @Parameter(
            name = "enddate",
            type = CommandType.DATE,
            required = true,
            description = "end of the interval; for a date without a time, or 23:59:59 UTC, the end of that day")
    private Date endDate;

    @Parameter(
            name = "type",
            type = CommandType.LONG,
            description = "only records of this type; there are those of 28, backups")
    private @Nullable Long type;

    @Parameter(
            name = "accountid",
            type = CommandType.UUID,
            entityType = AccountResponse.class,
            description = "only records of this account")
    private @Nullable Long accountId;

    @Parameter(
            name = "usageid",
            type = CommandType.UUID,
            entityType = UserVmResponse.class,
            description = "only records of this VM")
    private @Nullable Long usageId;

    @Override
    public void execute() {
        OwnerScope scope = scopes.scopeOf(this, true);
        Instant end = end();
        Page<UsageRecord> page = type != null && type != UsageTypeResponse.BACKUP
                ? new Page<>(List.of(), 0)
                : records.list(
                        accountId == null ? scope : new OwnerScope.OneAccount(accountId),
                        startDate.toInstant(),
                        end,
                        usageId,
                        scopes.pageOf(this));
        ListResponse<UsageRecordResponse> response = new ListResponse<>();
        response.setResponses(
                page.items().stream()
                        .map(record -> new UsageRecordResponse(record, startDate, Date.from(end)))
                        .toList(),
                Math.toIntExact(page.total()));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    /** Days add up: CloudStack's clients write the end of a day as its last second. */
    private Instant end() {
        Instant given = endDate.toInstant();
        boolean lastSecond = given.atOffset(ZoneOffset.UTC).toLocalTime().equals(END_OF_DAY);
        return lastSecond ? given.plus(Duration.ofSeconds(1)) : given;
    }
}
