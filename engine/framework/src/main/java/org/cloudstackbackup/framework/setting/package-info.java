/** Settings with a global default and values per zone. */
@NullMarked
package org.cloudstackbackup.framework.setting;

import org.jspecify.annotations.NullMarked;
