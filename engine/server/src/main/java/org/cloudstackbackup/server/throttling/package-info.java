/** Commands about the limit of an account's API calls; the counting itself is the API's. Imported by the wiring. */
@NullMarked
package org.cloudstackbackup.server.throttling;

import org.jspecify.annotations.NullMarked;
