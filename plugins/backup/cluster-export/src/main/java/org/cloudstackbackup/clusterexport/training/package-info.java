/** Runs the program while its image is built, for the archive of its classes; knows nothing of it but its command line. */
@NullMarked
package org.cloudstackbackup.clusterexport.training;

import org.jspecify.annotations.NullMarked;
