/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.spi;

/** A thing that some products can do and others cannot. The framework asks for the capability, never for the product. */
public enum Capability {
    /** A backup can be started on request, outside the product's own schedule. */
    AD_HOC_BACKUP,
    /** The guest's file systems can be frozen while the backup is taken. */
    QUIESCE,
    /** One restore point can be deleted by itself, without those that depend on it. */
    DELETE_RESTORE_POINT,
    /** A VM can be restored over itself. */
    RESTORE_IN_PLACE,
    /** One volume of a restore point can be restored as a new volume. */
    RESTORE_VOLUME,
    /** A restore point can be restored into another, freshly created VM. */
    RESTORE_TO_NEW_VM,
    /**
     * As {@link #RESTORE_TO_NEW_VM}, also when the new VM is in another zone. The driver of the zone that holds the restore
     * point is asked.
     */
    RESTORE_ACROSS_ZONES,
    /** The number of restore points that a schedule keeps can be chosen per VM. */
    RETENTION_BY_COUNT,
    /** Removing a VM from its offering deletes its restore points at the product. */
    REMOVAL_DELETES_BACKUPS,
    /** A running operation can be cancelled. */
    CANCEL
}
