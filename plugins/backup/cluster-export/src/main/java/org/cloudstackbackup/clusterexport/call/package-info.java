/** How a call to a server fails, and when it is tried again. Imports nothing of ours; every package of the module may import it. */
@NullMarked
package org.cloudstackbackup.clusterexport.call;

import org.jspecify.annotations.NullMarked;
