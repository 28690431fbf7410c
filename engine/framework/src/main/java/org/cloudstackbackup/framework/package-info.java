/**
 * The rules of backup and recovery, free of vendors, SQL and HTTP.
 *
 * <p>Each sub-package is one concept with its values, its service and the ports it needs; the store implements the ports,
 * the server calls the services. Imports the SPI only.
 */
@NullMarked
package org.cloudstackbackup.framework;

import org.jspecify.annotations.NullMarked;
