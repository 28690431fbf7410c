/**
 * How PX-Backup writes its messages: fields and their server lines, JSON, query parameters, errors.
 *
 * <p>For the PX-Backup emulator only; imports nothing of the project.
 */
@NullMarked
package org.cloudstackbackup.emulator.pxbackup.wire;

import org.jspecify.annotations.NullMarked;
