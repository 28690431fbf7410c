/**
 * The host of its own: CloudStack's HTTP API over the framework.
 *
 * <p>{@code api} speaks HTTP and knows no command; {@code job} runs what outlives a request; the other sub-packages hold the
 * commands of one concept each, with their response classes; {@code Main} and {@code Server} wire everything. Nothing imports
 * this package.
 */
@NullMarked
package org.cloudstackbackup.server;

import org.jspecify.annotations.NullMarked;
