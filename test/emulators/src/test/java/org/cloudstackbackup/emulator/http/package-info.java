/** Tests of the package of the same name. */
@NullMarked
package org.cloudstackbackup.emulator.http;

import org.jspecify.annotations.NullMarked;
