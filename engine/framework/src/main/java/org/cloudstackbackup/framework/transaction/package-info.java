/** What the framework needs to know about transactions. */
@NullMarked
package org.cloudstackbackup.framework.transaction;

import org.jspecify.annotations.NullMarked;
