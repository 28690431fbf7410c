/**
 * The vendor-neutral contract between the backup framework and one backup product.
 *
 * <p>Here: what a driver must do ({@link org.cloudstackbackup.spi.BackupDriver}), the values that cross the border, the
 * capabilities by which products differ, and the one exception type. Not here: schedules, retention, SQL, retries and
 * anything a vendor would recognise as its own. Drivers and the framework import this package; it imports only the JDK.
 */
@NullMarked
package org.cloudstackbackup.spi;

import org.jspecify.annotations.NullMarked;
