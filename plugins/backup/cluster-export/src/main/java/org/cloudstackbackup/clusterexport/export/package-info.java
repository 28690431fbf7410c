/** One export run from discovery to manifest. Sees all but {@code restore} and {@code cli}. */
@NullMarked
package org.cloudstackbackup.clusterexport.export;

import org.jspecify.annotations.NullMarked;
