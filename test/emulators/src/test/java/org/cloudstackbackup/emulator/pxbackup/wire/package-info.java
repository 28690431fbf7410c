/** Tests of the package of the same name. */
@NullMarked
package org.cloudstackbackup.emulator.pxbackup.wire;

import org.jspecify.annotations.NullMarked;
