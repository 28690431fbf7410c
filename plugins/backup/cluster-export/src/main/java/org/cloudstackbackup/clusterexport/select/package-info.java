/** What is exported and why something is not: types, namespaces, objects. Imports {@code config}, {@code content} and {@code kube}. */
@NullMarked
package org.cloudstackbackup.clusterexport.select;

import org.jspecify.annotations.NullMarked;
