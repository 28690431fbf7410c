/** Puts exported objects back into a cluster. Sees all but {@code export} and what starts it. */
@NullMarked
package org.cloudstackbackup.clusterexport.restore;

import org.jspecify.annotations.NullMarked;
