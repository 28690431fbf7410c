/** One export run from discovery to manifest. Sees all but {@code restore} and what starts it. */
@NullMarked
package org.cloudstackbackup.clusterexport.export;

import org.jspecify.annotations.NullMarked;
