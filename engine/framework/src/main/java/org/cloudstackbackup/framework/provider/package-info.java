/** The one place that calls drivers: which products there are, and an open driver for each zone. Imported by the other packages of the framework, the server and wiring. */
@NullMarked
package org.cloudstackbackup.framework.provider;

import org.jspecify.annotations.NullMarked;
