/** Commands for resource limits and counts. Imported by the wiring only. */
@NullMarked
package org.cloudstackbackup.server.limit;

import org.jspecify.annotations.NullMarked;
