/** The command line; the only place that sees everything. */
@NullMarked
package org.cloudstackbackup.clusterexport.cli;

import org.jspecify.annotations.NullMarked;
