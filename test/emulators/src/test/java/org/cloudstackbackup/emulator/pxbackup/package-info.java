/** Tests of the PX-Backup emulator, each through its HTTP interface. */
@NullMarked
package org.cloudstackbackup.emulator.pxbackup;

import org.jspecify.annotations.NullMarked;
