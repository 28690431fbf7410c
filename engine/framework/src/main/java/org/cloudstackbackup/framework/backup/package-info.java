/** Backup and recovery: which VM is protected, what was backed up, and the way back. Imported by the store, the server and wiring. */
@NullMarked
package org.cloudstackbackup.framework.backup;

import org.jspecify.annotations.NullMarked;
