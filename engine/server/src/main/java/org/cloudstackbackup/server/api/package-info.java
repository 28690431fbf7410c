/** HTTP, authentication, parameters, dispatch and rendering: everything about the API that is the same for all commands. */
@NullMarked
package org.cloudstackbackup.server.api;

import org.jspecify.annotations.NullMarked;
