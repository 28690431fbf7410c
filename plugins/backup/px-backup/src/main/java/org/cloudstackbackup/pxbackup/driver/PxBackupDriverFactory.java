/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import java.util.List;
import java.util.Set;
import org.cloudstackbackup.pxbackup.client.Pause;
import org.cloudstackbackup.spi.BackupDriver;
import org.cloudstackbackup.spi.Capability;
import org.cloudstackbackup.spi.DriverFactory;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.spi.ZoneContext;

/** PX-Backup by Portworx, for machines of KubeVirt. Make one per process. For many threads. */
public final class PxBackupDriverFactory implements DriverFactory {
    static final String NAME = "pxbackup";

    static final Set<Capability> CAPABILITIES = Set.of(
            Capability.AD_HOC_BACKUP,
            Capability.QUIESCE,
            Capability.DELETE_RESTORE_POINT,
            Capability.RESTORE_IN_PLACE,
            Capability.RESTORE_TO_NEW_VM,
            Capability.RESTORE_VOLUME);

    private final Pause pause;
    private final Locks locks = new Locks();

    public PxBackupDriverFactory() {
        this(Pause.REAL);
    }

    PxBackupDriverFactory(Pause pause) {
        this.pause = pause;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Portworx PX-Backup for virtual machines of KubeVirt";
    }

    @Override
    public Set<Capability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public List<SettingDefinition> settings() {
        return PxBackupSettings.DEFINITIONS;
    }

    @Override
    public BackupDriver open(ZoneContext zone) {
        PxBackupConnections.require(zone, PxBackupSettings.CLUSTER);
        PxBackupConnections.require(zone, PxBackupSettings.LOCATION);
        return new PxBackupDriver(zone, PxBackupConnections.open(zone, pause), locks);
    }
}
