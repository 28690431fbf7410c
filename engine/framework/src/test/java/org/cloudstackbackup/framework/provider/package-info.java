/** Tests of the calls to drivers. */
@NullMarked
package org.cloudstackbackup.framework.provider;

import org.jspecify.annotations.NullMarked;
