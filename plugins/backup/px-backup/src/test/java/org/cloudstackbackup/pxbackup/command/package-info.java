/** Tests of the commands, against the emulator. */
@NullMarked
package org.cloudstackbackup.pxbackup.command;

import org.jspecify.annotations.NullMarked;
