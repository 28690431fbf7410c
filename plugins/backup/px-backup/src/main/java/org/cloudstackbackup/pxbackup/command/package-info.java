/**
 * API commands for what PX-Backup can do and a CloudStack backup cannot express; see docs/design/px-backup.rst.
 *
 * <p>They are CloudStack's kind of commands and run in both hosts: the host takes the classes from {@link
 * org.cloudstackbackup.pxbackup.command.PxBackupCommands} and provides one {@link
 * org.cloudstackbackup.pxbackup.command.PxBackupOperations}. Imported by the server's wiring and the bridge; itself it imports the
 * packages {@code client} and {@code driver}, the SPI and the contract.
 */
@NullMarked
package org.cloudstackbackup.pxbackup.command;

import org.jspecify.annotations.NullMarked;
