/** Asynchronous jobs: durable, visible through the API, and resumed by whichever node is alive. */
@NullMarked
package org.cloudstackbackup.server.job;

import org.jspecify.annotations.NullMarked;
