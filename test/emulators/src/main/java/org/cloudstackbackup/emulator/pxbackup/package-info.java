/**
 * A stateful PX-Backup server, lines 2.8 to 3.1, written from the product's published interface.
 *
 * <p>Start it with PxBackupEmulator. Imports nothing of the project.
 */
@NullMarked
package org.cloudstackbackup.emulator.pxbackup;

import org.jspecify.annotations.NullMarked;
