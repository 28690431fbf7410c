/** What is in the bucket: layout of keys, manifests, packs, runs, retention. Imports {@code bucket}, {@code kube} and what is below them. */
@NullMarked
package org.cloudstackbackup.clusterexport.catalog;

import org.jspecify.annotations.NullMarked;
