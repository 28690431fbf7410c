/** What happened, for the people who ask later. */
@NullMarked
package org.cloudstackbackup.framework.event;

import org.jspecify.annotations.NullMarked;
