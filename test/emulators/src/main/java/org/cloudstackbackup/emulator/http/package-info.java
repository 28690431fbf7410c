/**
 * What every emulated product needs of HTTP: a listener with faults on demand, a journal of requests, self-made certificates.
 *
 * <p>For the emulators only; imports nothing of the project.
 */
@NullMarked
package org.cloudstackbackup.emulator.http;

import org.jspecify.annotations.NullMarked;
