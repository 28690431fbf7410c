/** Objects as trees, as canonical YAML, cleaned, and with their secrets treated. Imports {@code config} and {@code observe}. */
@NullMarked
package org.cloudstackbackup.clusterexport.content;

import org.jspecify.annotations.NullMarked;
