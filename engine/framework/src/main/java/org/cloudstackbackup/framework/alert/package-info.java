/** What the cloud's admins must know. Ports and values; used by every part of the framework. */
@NullMarked
package org.cloudstackbackup.framework.alert;

import org.jspecify.annotations.NullMarked;
