/** The wire of an S3 bucket, and the lock in it. Imports {@code call} and {@code config}. */
@NullMarked
package org.cloudstackbackup.clusterexport.bucket;

import org.jspecify.annotations.NullMarked;
