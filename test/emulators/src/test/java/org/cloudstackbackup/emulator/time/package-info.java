/** Tests of the package of the same name. */
@NullMarked
package org.cloudstackbackup.emulator.time;

import org.jspecify.annotations.NullMarked;
