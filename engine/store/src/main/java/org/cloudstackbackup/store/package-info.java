/**
 * SQL implementations of the framework's ports, and the migrations of the database.
 *
 * <p>One {@code Jdbc*Store} per aggregate, SQL as constants, bind variables only, no ORM. Differences between databases are
 * in {@link org.cloudstackbackup.store.Database} alone. Only the server's wiring and tests import this package.
 */
@NullMarked
package org.cloudstackbackup.store;

import org.jspecify.annotations.NullMarked;
