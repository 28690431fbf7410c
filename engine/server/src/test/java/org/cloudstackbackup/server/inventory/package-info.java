/** Tests of {@code server.inventory}. */
@NullMarked
package org.cloudstackbackup.server.inventory;

import org.jspecify.annotations.NullMarked;
