/**
 * Time as the emulators see it: a clock that can be set, and what is to happen later on it.
 *
 * <p>For the emulators only; imports nothing of the project.
 */
@NullMarked
package org.cloudstackbackup.emulator.time;

import org.jspecify.annotations.NullMarked;
