/** Zones, VMs and volumes as the framework sees them, and the ports to where they are kept and where they run. */
@NullMarked
package org.cloudstackbackup.framework.inventory;

import org.jspecify.annotations.NullMarked;
