/** The wire of a Kubernetes API server: connection, discovery, paged LISTs, writes. Imports {@code call} and the JSON tree of {@code content}. */
@NullMarked
package org.cloudstackbackup.clusterexport.kube;

import org.jspecify.annotations.NullMarked;
