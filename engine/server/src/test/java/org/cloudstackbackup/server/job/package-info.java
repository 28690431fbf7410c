@NullMarked
package org.cloudstackbackup.server.job;

import org.jspecify.annotations.NullMarked;
