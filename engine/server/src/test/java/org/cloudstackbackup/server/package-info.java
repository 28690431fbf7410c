@NullMarked
package org.cloudstackbackup.server;

import org.jspecify.annotations.NullMarked;
