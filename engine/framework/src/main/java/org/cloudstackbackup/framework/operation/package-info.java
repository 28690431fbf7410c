/** Durable work at a backup product: a row is written first, then small repeatable steps lead it to a true end, over any number of crashes and nodes. Knows no kind of work itself; see {@link org.cloudstackbackup.framework.operation.Work}. Imported by backup, the store and wiring. */
@NullMarked
package org.cloudstackbackup.framework.operation;

import org.jspecify.annotations.NullMarked;
