/** Long work that was accepted through the API and ends later. */
@NullMarked
package org.cloudstackbackup.framework.job;

import org.jspecify.annotations.NullMarked;
