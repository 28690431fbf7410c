/** Tests of the rules of the inventory. */
@NullMarked
package org.cloudstackbackup.framework.inventory;

import org.jspecify.annotations.NullMarked;
