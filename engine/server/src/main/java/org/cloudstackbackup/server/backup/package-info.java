/** Commands of backup and recovery, with their responses. Each calls one service of the framework. */
@NullMarked
package org.cloudstackbackup.server.backup;

import org.jspecify.annotations.NullMarked;
