/** Tests of what comparisons are made of; whole comparisons are tested over real databases, in the store. */
@NullMarked
package org.cloudstackbackup.framework.sync;

import org.jspecify.annotations.NullMarked;
