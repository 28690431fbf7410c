@NullMarked
package org.cloudstackbackup.framework.secret;

import org.jspecify.annotations.NullMarked;
