/** Tests of the simulated hypervisor. */
@NullMarked
package org.cloudstackbackup.server.simulator;

import org.jspecify.annotations.NullMarked;
