/** How much an owner may use. Ports, values and rules. */
@NullMarked
package org.cloudstackbackup.framework.limit;

import org.jspecify.annotations.NullMarked;
