/** Commands of domains, accounts, users and roles. */
@NullMarked
package org.cloudstackbackup.server.identity;

import org.jspecify.annotations.NullMarked;
