/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.setting;

import java.util.List;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.spi.SettingDefinition.Type;

/** Settings of the framework itself; the names are CloudStack's, where it has them. */
public final class FrameworkSettings {
    /** On by default, unlike in CloudStack: this server has no other purpose. */
    public static final SettingDefinition ENABLED = SettingDefinition.perZone(
            "backup.framework.enabled",
            Type.BOOLEAN,
            "true",
            "Whether backup and recovery is offered; the global value and the zone's must both be true");

    /** The product that new offerings of a zone come from. */
    public static final SettingDefinition PROVIDER = SettingDefinition.perZone(
            "backup.framework.provider.plugin",
            Type.STRING,
            "dummy",
            "Name of the backup provider that offerings of the zone are imported from");

    /** For the reconciliation of rows with the product. */
    public static final SettingDefinition SYNC_INTERVAL = SettingDefinition.global(
            "backup.framework.sync.interval",
            Type.POSITIVE,
            "300",
            "Seconds between two comparisons of backups with what the provider has; at least 1");

    /** How long backups that vanished in great numbers are kept in the list. */
    public static final SettingDefinition SYNC_MASS_REMOVAL_DELAY = SettingDefinition.global(
            "backup.framework.sync.mass.removal.delay",
            Type.SECONDS,
            "86400",
            "Seconds that backups stay listed after most backups of a zone were missing at the provider for the first time");

    /** When the admins are told that backup storage fills up. */
    public static final SettingDefinition CAPACITY_THRESHOLD = SettingDefinition.perZone(
            "zone.backupStorage.capacity.notificationthreshold",
            Type.FRACTION,
            "0.75",
            "Used fraction of a zone's backup storage (0 to 1) above which an alert is raised");

    /** How long an unreachable product is asked again before an operation is given up. */
    public static final SettingDefinition GIVE_UP = SettingDefinition.global(
            "backup.framework.giveup.time",
            Type.SECONDS,
            "3600",
            "Seconds that an unreachable provider is asked again before its operation is reported as failed");

    /** As in CloudStack, off by default. */
    public static final SettingDefinition ENABLE_ATTACH_DETACH = SettingDefinition.global(
            "backup.enable.attach.detach.of.volumes",
            Type.BOOLEAN,
            "false",
            "Whether volumes can be attached to and detached from VMs that have a backup offering");

    /** How often schedules are looked at. */
    public static final SettingDefinition SCHEDULE_POLL_INTERVAL = SettingDefinition.global(
            "backup.framework.schedule.poll.interval",
            Type.POSITIVE,
            "5",
            "Seconds between two looks for backup schedules that are due; at least 1");

    /** What a zone's backup storage and network bear. */
    public static final SettingDefinition SCHEDULE_CONCURRENCY_ZONE = SettingDefinition.perZone(
            "backup.framework.schedule.concurrency.zone",
            Type.NOT_NEGATIVE,
            "20",
            "Number of backups of a zone that run at a time before scheduled ones wait; those on request count for half of it at"
                    + " most and never wait; 0 for no limit");

    /** What a product bears. */
    public static final SettingDefinition SCHEDULE_CONCURRENCY_PROVIDER = SettingDefinition.global(
            "backup.framework.schedule.concurrency.provider",
            Type.NOT_NEGATIVE,
            "50",
            "Number of backups of one provider, over all zones, that run at a time before scheduled ones wait; those on request"
                    + " count for half of it at most and never wait; 0 for no limit");

    /** When a run is late. */
    public static final SettingDefinition SCHEDULE_TOLERANCE = SettingDefinition.global(
            "backup.framework.schedule.tolerance",
            Type.SECONDS,
            "300",
            "Seconds after its time from which on a scheduled backup that was not even queued counts as missed");

    /** How often a slot is tried. */
    public static final SettingDefinition SCHEDULE_ATTEMPTS = SettingDefinition.global(
            "backup.framework.schedule.attempts",
            Type.POSITIVE,
            "3",
            "Number of attempts to make a scheduled backup before its next time; at least 1");

    /** The wait before the second attempt. */
    public static final SettingDefinition SCHEDULE_RETRY_DELAY = SettingDefinition.global(
            "backup.framework.schedule.retry.delay",
            Type.POSITIVE,
            "300",
            "Seconds until a failed scheduled backup is tried again, at least 1; doubled with each further failure");

    /** The wait before a removal is tried again. */
    public static final SettingDefinition RETENTION_RETRY_DELAY = SettingDefinition.global(
            "backup.framework.retention.retry.delay",
            Type.POSITIVE,
            "60",
            "Seconds until the failed removal of a backup beyond maxbackups is tried again, at least 1; doubled with each further"
                    + " failure, up to 1 hour");

    /** Default limits; see {@code updateResourceLimit} for those of one account, project or domain. */
    public static final SettingDefinition MAX_ACCOUNT_BACKUPS = SettingDefinition.global(
            "max.account.backups",
            Type.LONG,
            "20",
            "Backups that an account without a limit of its own can have; a number, -1 for no limit");

    public static final SettingDefinition MAX_ACCOUNT_BACKUP_STORAGE = SettingDefinition.global(
            "max.account.backup.storage",
            Type.LONG,
            "400",
            "Backup storage that an account without a limit of its own can use; in GiB, -1 for no limit");

    public static final SettingDefinition MAX_PROJECT_BACKUPS = SettingDefinition.global(
            "max.project.backups",
            Type.LONG,
            "20",
            "Backups that a project without a limit of its own can have; a number, -1 for no limit");

    public static final SettingDefinition MAX_PROJECT_BACKUP_STORAGE = SettingDefinition.global(
            "max.project.backup.storage",
            Type.LONG,
            "400",
            "Backup storage that a project without a limit of its own can use; in GiB, -1 for no limit");

    public static final SettingDefinition MAX_DOMAIN_BACKUPS = SettingDefinition.global(
            "max.domain.backups",
            Type.LONG,
            "40",
            "Backups that a domain without a limit of its own can have, with those below it; a number, -1 for no limit");

    public static final SettingDefinition MAX_DOMAIN_BACKUP_STORAGE = SettingDefinition.global(
            "max.domain.backup.storage",
            Type.LONG,
            "800",
            "Backup storage that a domain without a limit of its own can use, with those below it; in GiB, -1 for no limit");

    /** So that a backup that takes its time is no reason for an alert. */
    public static final SettingDefinition RPO_GRACE = SettingDefinition.global(
            "backup.framework.rpo.grace",
            Type.SECONDS,
            "3600",
            "Seconds by which the newest good backup of a VM may be older than its schedule's interval before an alert is raised");

    /** All of the above. */
    public static final List<SettingDefinition> ALL = List.of(
            ENABLED,
            PROVIDER,
            SYNC_INTERVAL,
            SYNC_MASS_REMOVAL_DELAY,
            CAPACITY_THRESHOLD,
            GIVE_UP,
            ENABLE_ATTACH_DETACH,
            SCHEDULE_POLL_INTERVAL,
            SCHEDULE_CONCURRENCY_ZONE,
            SCHEDULE_CONCURRENCY_PROVIDER,
            SCHEDULE_TOLERANCE,
            SCHEDULE_ATTEMPTS,
            SCHEDULE_RETRY_DELAY,
            RETENTION_RETRY_DELAY,
            MAX_ACCOUNT_BACKUPS,
            MAX_ACCOUNT_BACKUP_STORAGE,
            MAX_PROJECT_BACKUPS,
            MAX_PROJECT_BACKUP_STORAGE,
            MAX_DOMAIN_BACKUPS,
            MAX_DOMAIN_BACKUP_STORAGE,
            RPO_GRACE);

    private FrameworkSettings() {}
}
