/** Tests of what objects are read from and written to. */
@org.jspecify.annotations.NullMarked
package org.cloudstackbackup.clusterexport.content;
