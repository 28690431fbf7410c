/**
 * The command line of the emulators: one subcommand for each product.
 *
 * <p>An emulator is a server of its own that behaves like the product, keeps state and has faults on demand. The packages
 * below import nothing of the project, so that a mistake in a driver's client is not repeated here.
 */
@NullMarked
package org.cloudstackbackup.emulator;

import org.jspecify.annotations.NullMarked;
