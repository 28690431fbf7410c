/** Tests of what a restore changes in objects. */
@NullMarked
package org.cloudstackbackup.clusterexport.restore;

import org.jspecify.annotations.NullMarked;
