/**
 * The driver for PX-Backup: what the framework asks for, in calls of the package {@code client}.
 *
 * <p>Covered: schedule policies as offerings, a schedule per assigned VM, backups on request, restore in place, restore into a
 * VM of another namespace, restore of one volume, deletion, the listing of a zone, storage use. A VM is one of KubeVirt, found by
 * the details {@code kubevirt.namespace}, {@code kubevirt.name} and {@code kubevirt.uid}.
 *
 * <p>Nothing is kept outside the product: an operation's id names its objects, and their labels tell the rest.
 *
 * <p>The wiring, the bridge to CloudStack and the package {@code command} import it, by its public classes.
 */
@NullMarked
package org.cloudstackbackup.pxbackup.driver;

import org.jspecify.annotations.NullMarked;
