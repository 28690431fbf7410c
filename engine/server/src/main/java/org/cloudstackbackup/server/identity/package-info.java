/**
 * Roles, domains, accounts, users and how they prove who they are: first start, passwords, API keys, sessions, and the
 * commands that manage them. Only the wiring imports this package, and other commands for the response classes that their
 * parameters name.
 */
@NullMarked
package org.cloudstackbackup.server.identity;

import org.jspecify.annotations.NullMarked;
