/** What is in the bucket: layout of keys, manifests, packs, runs, retention. Imports {@code bucket} and {@code content}. */
@NullMarked
package org.cloudstackbackup.clusterexport.catalog;

import org.jspecify.annotations.NullMarked;
