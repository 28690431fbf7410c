/**
 * Compares the rows of backups with what the products have, and brings the rows up to date: adopts restore points made outside,
 * corrects sizes, removes what is proven gone. Imported by the host; imports the packages of backups, offerings and providers.
 */
@NullMarked
package org.cloudstackbackup.framework.sync;

import org.jspecify.annotations.NullMarked;
