/**
 * The wire of PX-Backup: its REST API as the server lines 2.8 to 3.1 speak it, tokens and TLS included.
 *
 * <p>Entry: {@link org.cloudstackbackup.pxbackup.client.PxBackupClient}. What a call takes are {@link
 * org.cloudstackbackup.pxbackup.client.Parameters}, named as in PX-Backup's own documents and checked before anything is sent; what
 * comes back are records. Every failure is a {@link org.cloudstackbackup.pxbackup.client.PxBackupException}. What was chosen and
 * why is in docs/design/px-backup.rst.
 *
 * <p>This package knows nothing of CloudStack and nothing of ours, and could be published by itself; a driver's adapter and commands
 * import it.
 */
@NullMarked
package org.cloudstackbackup.pxbackup.client;

import org.jspecify.annotations.NullMarked;
