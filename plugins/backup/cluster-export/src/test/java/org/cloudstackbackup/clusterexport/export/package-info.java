/** Tests of parts of the export alone. */
@NullMarked
package org.cloudstackbackup.clusterexport.export;

import org.jspecify.annotations.NullMarked;
