/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.event;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every type of event that is recorded, and when; the names are CloudStack's, where it has them. */
public final class EventCatalogue {
    private static final String[][] ENTRIES = {
        {"ACCOUNT.CREATE", "an account was created"},
        {"ACCOUNT.DELETE", "an account was deleted"},
        {"ACCOUNT.DISABLE", "an account was disabled or locked"},
        {"ACCOUNT.ENABLE", "an account was enabled"},
        {"ACCOUNT.UPDATE", "an account was changed"},
        {
            "ALERT.GENERATE",
            "an admin raised an alert by hand, or the delivery of an alert by webhook or mail was given up"
        },
        {"BACKUP.CLUSTER.ADD", "a cluster was registered"},
        {"BACKUP.CLUSTER.DELETE", "a registered cluster was forgotten; its exports stay"},
        {"BACKUP.CLUSTER.EXPORT", "the export of a cluster began, ended or failed"},
        {"BACKUP.CLUSTER.EXPORT.DELETE", "an export of a cluster was deleted, or could not be"},
        {"BACKUP.CLUSTER.RESTORE", "the restore of an export into a cluster began, ended or failed"},
        {"BACKUP.CLUSTER.UPDATE", "a registered cluster's name or kubeconfig was changed"},
        {
            "BACKUP.CREATE",
            "a backup was asked for, begun, made, or failed; also a restore point made outside that was found"
        },
        {"BACKUP.DELETE", "a backup was deleted, by a user, by retention, or because it is gone at the provider"},
        {"BACKUP.IMPORT.OFFERING", "a provider's policy was imported as a backup offering"},
        {"BACKUP.OFFERING.ASSIGN", "a VM was assigned to a backup offering"},
        {"BACKUP.OFFERING.EDIT", "a backup offering was changed"},
        {"BACKUP.OFFERING.REMOVE", "a VM was removed from its backup offering"},
        {"BACKUP.RESTORE", "a VM was restored in place"},
        {"BACKUP.RESTORE.VOLUME.TO.VM", "a volume of a backup was restored and attached to a VM"},
        {"BACKUP.SCHEDULE.CONFIGURE", "a backup schedule was made or changed"},
        {"BACKUP.SCHEDULE.DELETE", "a backup schedule was deleted, by a user or with the protection of its VM"},
        {"BACKUP.SCHEDULE.MISSED", "times of a schedule passed without a backup; one is made to catch up"},
        {"BACKUP.SCHEDULE.RETRY", "a scheduled backup failed and is tried again before the schedule's next time"},
        {"BACKUP.SCHEDULE.SKIPPED", "a schedule makes no backups for the time being; told once per cause"},
        {"CONFIGURATION.VALUE.EDIT", "a setting was changed or reset; the values of secrets are not told"},
        {"DISK.OFFERING.CREATE", "a disk offering was created"},
        {"DISK.OFFERING.DELETE", "a disk offering was deleted"},
        {"DISK.OFFERING.EDIT", "a disk offering was changed"},
        {"DOMAIN.CREATE", "a domain was created"},
        {"DOMAIN.DELETE", "a domain was deleted"},
        {"DOMAIN.UPDATE", "a domain was renamed"},
        {"PROJECT.ACCOUNT.ADD", "an account became a member of a project"},
        {"PROJECT.ACCOUNT.REMOVE", "an account is no member of a project any more"},
        {"PROJECT.ACTIVATE", "a project was activated"},
        {"PROJECT.CREATE", "a project was created"},
        {"PROJECT.DELETE", "a project was deleted"},
        {"PROJECT.SUSPEND", "a project was suspended and its VMs were stopped"},
        {"PROJECT.UPDATE", "a project, or the role of a member, was changed"},
        {"REGISTER.USER.KEY", "a user got new API keys"},
        {"RESOURCE.LIMIT.UPDATE", "a limit of backups or backup storage was set"},
        {"SERVICE.OFFERING.CREATE", "a service offering was created"},
        {"SERVICE.OFFERING.DELETE", "a service offering was deleted"},
        {"SERVICE.OFFERING.EDIT", "a service offering was changed"},
        {"USER.CREATE", "a user was created"},
        {"USER.DELETE", "a user was deleted"},
        {"USER.DISABLE", "a user was disabled"},
        {"USER.ENABLE", "a user was enabled"},
        {"USER.LOCK", "a user was locked"},
        {"USER.LOGIN", "a user logged in"},
        {"USER.LOGOUT", "a user logged out"},
        {"USER.UPDATE", "a user was changed"},
        {"VM.CREATE", "a VM was deployed"},
        {"VM.CREATE.FROM.BACKUP", "a VM was made of a backup"},
        {"VM.DESTROY", "a VM was destroyed"},
        {"VM.EXPUNGE", "a VM was expunged"},
        {"VM.REBOOT", "a VM was rebooted"},
        {"VM.RECOVER", "a destroyed VM was recovered"},
        {"VM.START", "a VM was started"},
        {"VM.STOP", "a VM was stopped"},
        {"VM.UPDATE", "a VM was changed"},
        {"VOLUME.ATTACH", "a volume was attached to a VM"},
        {"VOLUME.CREATE", "a volume was created"},
        {"VOLUME.DELETE", "a volume was deleted"},
        {"VOLUME.DESTROY", "a volume was destroyed; its data is kept until it is deleted"},
        {"VOLUME.DETACH", "a volume was detached from its VM"},
        {"VOLUME.RECOVER", "a destroyed volume was recovered"},
        {"VOLUME.RESIZE", "a volume was resized"},
        {"VOLUME.UPDATE", "a volume was changed"},
        {"ZONE.CREATE", "a zone was created"},
        {"ZONE.DELETE", "a zone was deleted"},
        {"ZONE.EDIT", "a zone was changed"},
    };

    /** Half a sentence by type, in the order of the types. */
    public static final SortedMap<String, String> DESCRIPTIONS = descriptions();

    private EventCatalogue() {}

    private static SortedMap<String, String> descriptions() {
        SortedMap<String, String> all = new TreeMap<>();
        for (String[] entry : ENTRIES) {
            all.put(entry[0], entry[1]);
        }
        return Collections.unmodifiableSortedMap(all);
    }
}
