/** Tests of what all emulators share. */
@NullMarked
package org.cloudstackbackup.emulator;

import org.jspecify.annotations.NullMarked;
