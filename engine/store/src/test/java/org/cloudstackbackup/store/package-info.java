@NullMarked
package org.cloudstackbackup.store;

import org.jspecify.annotations.NullMarked;
