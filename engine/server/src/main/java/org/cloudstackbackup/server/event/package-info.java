/** Commands for events: what happened, and what kinds there are. */
@NullMarked
package org.cloudstackbackup.server.event;

import org.jspecify.annotations.NullMarked;
