/** Servers and certificates for tests of talking HTTP. */
@NullMarked
package org.cloudstackbackup.clusterexport.http;

import org.jspecify.annotations.NullMarked;
