/** Tests of talking to the API server. */
@NullMarked
package org.cloudstackbackup.clusterexport.kube;

import org.jspecify.annotations.NullMarked;
