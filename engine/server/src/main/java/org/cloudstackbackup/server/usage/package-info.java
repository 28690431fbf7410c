/** Commands for usage records. Imported by the wiring only. */
@NullMarked
package org.cloudstackbackup.server.usage;

import org.jspecify.annotations.NullMarked;
