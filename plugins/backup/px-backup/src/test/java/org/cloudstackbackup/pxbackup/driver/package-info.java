/** Tests of the client against the emulator, over HTTP. */
@NullMarked
package org.cloudstackbackup.pxbackup.driver;

import org.jspecify.annotations.NullMarked;
