/** Backup offerings: policies of a product that were imported for a zone. Imported by backup, the store and the server. */
@NullMarked
package org.cloudstackbackup.framework.offering;

import org.jspecify.annotations.NullMarked;
