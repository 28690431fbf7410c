/** What the program is told: environment, ConfigMap, precedence, checks. Imports {@code observe}; everything but the wire may import it. */
@NullMarked
package org.cloudstackbackup.clusterexport.config;

import org.jspecify.annotations.NullMarked;
