/** Commands for settings: what there is, what is in force, and changing it. */
@NullMarked
package org.cloudstackbackup.server.setting;

import org.jspecify.annotations.NullMarked;
