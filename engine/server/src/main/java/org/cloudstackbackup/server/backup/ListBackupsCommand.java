/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.backup;

import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseListProjectAndAccountResourcesCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.backup.BackupListing;
import org.cloudstackbackup.framework.backup.BackupStatus;
import org.cloudstackbackup.framework.backup.BackupStore;
import org.cloudstackbackup.framework.backup.Backups;
import org.cloudstackbackup.server.api.ListScopes;
import org.cloudstackbackup.server.inventory.UserVmResponse;
import org.cloudstackbackup.server.inventory.ZoneResponse;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/** Lists backups. */
@APICommand(
        name = "listBackups",
        description = "Lists backups.",
        responseObject = BackupResponse.class,
        since = "4.14.0",
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class ListBackupsCommand extends BaseListProjectAndAccountResourcesCmd {
    @Inject
    private Backups backups;

    @Inject
    private ListScopes scopes;

    @Parameter(
            name = "id",
            type = CommandType.UUID,
            entityType = BackupResponse.class,
            description = "id of one backup")
    private @Nullable Long id;

    @Parameter(
            name = "virtualmachineid",
            type = CommandType.UUID,
            entityType = UserVmResponse.class,
            description = "only backups of this VM")
    private @Nullable Long vmId;

    @Parameter(
            name = "zoneid",
            type = CommandType.UUID,
            entityType = ZoneResponse.class,
            description = "only backups of this zone")
    private @Nullable Long zoneId;

    @Parameter(
            name = "name",
            type = CommandType.STRING,
            description = "only backups with exactly this name",
            since = "4.21.0")
    private @Nullable String name;

    @Parameter(
            name = "backupofferingid",
            type = CommandType.UUID,
            entityType = BackupOfferingResponse.class,
            description = "only backups made under this offering",
            since = "4.21.0")
    private @Nullable Long offeringId;

    @Parameter(
            name = "listvmdetails",
            type = CommandType.BOOLEAN,
            description = "also tell what the VM was made of",
            since = "4.21.0")
    private @Nullable Boolean withDetails;

    @Parameter(
            name = "status",
            type = CommandType.STRING,
            description = "only backups in this status, such as BackedUp or Failed; Removed lists removed ones")
    private @Nullable String status;

    @Parameter(name = "provider", type = CommandType.STRING, description = "only backups made by this provider")
    private @Nullable String provider;

    @Parameter(
            name = "scheduleid",
            type = CommandType.UUID,
            entityType = BackupScheduleResponse.class,
            description = "only backups made by this schedule")
    private @Nullable Long scheduleId;

    @Parameter(
            name = "intervaltype",
            type = CommandType.STRING,
            description =
                    "only backups made by schedules of this interval, HOURLY, DAILY, WEEKLY or MONTHLY; or MANUAL")
    private @Nullable String intervalType;

    @Parameter(name = "startdate", type = CommandType.DATE, description = "only backups created then or later")
    private @Nullable Date startDate;

    @Parameter(
            name = "enddate",
            type = CommandType.DATE,
            description =
                    "only backups created up to then, in the same second at the latest; a day is meant to its end")
    private @Nullable Date endDate;

    @Override
    public void execute() {
        Page<BackupListing> page = backups.list(
                new BackupStore.Filter(id, vmId, zoneId, offeringId, name, getKeyword(), history()),
                scopes.scopeOf(this, id != null || vmId != null),
                scopes.pageOf(this),
                Boolean.TRUE.equals(withDetails));
        ListResponse<BackupResponse> response = new ListResponse<>();
        response.setResponses(page.items().stream().map(BackupResponse::new).toList(), Math.toIntExact(page.total()));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    private BackupStore.History history() {
        return new BackupStore.History(
                status == null ? null : wantedStatus(status),
                provider,
                scheduleId,
                intervalType == null ? null : wantedInterval(intervalType),
                startDate == null ? null : startDate.toInstant(),
                endDate == null
                        ? null
                        : endDate.toInstant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1));
    }

    private static BackupStatus wantedStatus(String name) {
        return BackupStatus.ofWireName(name)
                .orElseThrow(() -> refused(
                        "status",
                        name,
                        Arrays.stream(BackupStatus.values())
                                .map(BackupStatus::wireName)
                                .collect(Collectors.joining(", "))));
    }

    private static int wantedInterval(String name) {
        String wanted = name.toUpperCase(Locale.ROOT);
        int number = BackupResponse.INTERVALS.indexOf(wanted);
        if (number < 0 && !wanted.equals(BackupResponse.MANUAL)) {
            throw refused(
                    "intervaltype", name, BackupResponse.MANUAL + ", " + String.join(", ", BackupResponse.INTERVALS));
        }
        return number < 0 ? BackupStore.History.MANUAL : number;
    }

    private static ProviderException refused(String parameter, String value, String allowed) {
        return new ProviderException(
                ErrorKind.USER, parameter, "Parameter " + parameter + ": '" + value + "' is none of " + allowed);
    }
}
