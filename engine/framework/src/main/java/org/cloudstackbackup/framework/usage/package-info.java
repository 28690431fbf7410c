/** What was used when, for those who bill it. Ports, values and rules; imported by backup, the store and the server. */
@NullMarked
package org.cloudstackbackup.framework.usage;

import org.jspecify.annotations.NullMarked;
