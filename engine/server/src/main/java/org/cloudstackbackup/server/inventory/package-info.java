/** Commands of zones, offerings, templates, networks, VMs and volumes. */
@NullMarked
package org.cloudstackbackup.server.inventory;

import org.jspecify.annotations.NullMarked;
