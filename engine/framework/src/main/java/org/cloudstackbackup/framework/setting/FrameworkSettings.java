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
            Type.SECONDS,
            "300",
            "Seconds between two comparisons of backups with what the provider has");

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

    /** All of the above. */
    public static final List<SettingDefinition> ALL =
            List.of(ENABLED, PROVIDER, SYNC_INTERVAL, GIVE_UP, ENABLE_ATTACH_DETACH);

    private FrameworkSettings() {}
}
