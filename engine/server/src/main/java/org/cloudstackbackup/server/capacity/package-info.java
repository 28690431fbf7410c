/** Commands about backup storage, and about the comparison of backups with what the products have. */
@NullMarked
package org.cloudstackbackup.server.capacity;

import org.jspecify.annotations.NullMarked;
