/** Logs and metrics with the documented names. Imports nothing of ours; every package may import it. */
@NullMarked
package org.cloudstackbackup.clusterexport.observe;

import org.jspecify.annotations.NullMarked;
