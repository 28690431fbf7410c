/** The wire of a Kubernetes API server: connection, discovery, paged LISTs, writes. Imports {@code call}, {@code config}, {@code content}, {@code http} and {@code observe}. */
@NullMarked
package org.cloudstackbackup.clusterexport.kube;

import org.jspecify.annotations.NullMarked;
