/** Who calls and who owns: domains, accounts, users, roles, and the rules of access between them. */
@NullMarked
package org.cloudstackbackup.framework.identity;

import org.jspecify.annotations.NullMarked;
