/** Encryption of what must not be readable in a copy of the database. Imported by setting, the store and the wiring. */
@NullMarked
package org.cloudstackbackup.framework.secret;

import org.jspecify.annotations.NullMarked;
