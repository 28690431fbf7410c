/**
 * HTTP/1.1 over plain or TLS sockets that block, kept from request to request: for the few calls that are made so often, or carry so much,
 * that a client for everything costs too much. Imports nothing of ours; {@code bucket} and {@code kube} import it.
 */
@NullMarked
package org.cloudstackbackup.clusterexport.http;

import org.jspecify.annotations.NullMarked;
