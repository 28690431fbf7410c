/** Tests of the cluster export: against a real S3 server (S3Proxy), and an API server of their own that can fail as asked. */
@NullMarked
package org.cloudstackbackup.clusterexport;

import org.jspecify.annotations.NullMarked;
