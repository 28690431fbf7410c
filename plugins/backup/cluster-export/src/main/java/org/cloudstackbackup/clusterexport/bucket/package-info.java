/** The wire of an S3 bucket, and the lock in it; the only place that sees the SDK. Imports {@code call}, {@code config}, {@code content}, {@code http} and {@code observe}. */
@NullMarked
package org.cloudstackbackup.clusterexport.bucket;

import org.jspecify.annotations.NullMarked;
