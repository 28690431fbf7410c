/**
 * Holds the declarations of CloudStack's types against the recorded signatures of CloudStack 4.22.
 *
 * <p>Tests only; nothing imports this package.
 */
@NullMarked
package org.cloudstackbackup.contract;

import org.jspecify.annotations.NullMarked;
