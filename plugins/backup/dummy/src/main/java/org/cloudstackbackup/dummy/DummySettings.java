/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.dummy;

import static org.cloudstackbackup.spi.SettingDefinition.perZone;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.spi.SettingDefinition.Scope;
import org.cloudstackbackup.spi.SettingDefinition.Type;
import org.cloudstackbackup.spi.ZoneContext;

/**
 * How the simulated product shall behave in one zone.
 *
 * @param delay the least duration of an operation
 * @param fault what goes wrong
 * @param lostPoint id of the restore point that the product has lost; empty for none
 * @param clock the zone's time
 */
record DummySettings(Duration delay, Fault fault, String lostPoint, Clock clock) {
    static final String DELAY = "backup.plugin.dummy.delay";
    static final String FAIL = "backup.plugin.dummy.fail";
    static final String LOSE_POINT = "backup.plugin.dummy.losepoint";

    static final List<SettingDefinition> DEFINITIONS = List.of(
            perZone(DELAY, Type.SECONDS, "0", "The least number of seconds that each operation takes."),
            new SettingDefinition(
                    FAIL,
                    Type.SELECT,
                    "none",
                    "What fails on purpose: one kind of operation, the listing, or every call as if the product were away.",
                    Scope.ZONE,
                    true,
                    List.of("none", "backup", "restore", "delete", "list", "unreachable")),
            perZone(LOSE_POINT, Type.STRING, "", "Id of a restore point that vanishes as if lost at the product."));

    static DummySettings of(ZoneContext zone) {
        return new DummySettings(
                Duration.ofSeconds(Long.parseLong(zone.setting(DELAY))),
                Fault.valueOf(zone.setting(FAIL).toUpperCase(Locale.ROOT)),
                zone.setting(LOSE_POINT),
                zone.clock());
    }

    boolean hasLost(String restorePointId) {
        return restorePointId.equals(lostPoint);
    }

    /** What goes wrong on purpose. */
    enum Fault {
        NONE,
        BACKUP,
        RESTORE,
        DELETE,
        LIST,
        UNREACHABLE
    }
}
