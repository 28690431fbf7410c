/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.kube;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Objects;
import javax.net.ssl.SSLException;

/** Says in words why no connection came about: name, network or certificate. */
public final class ConnectionCause {
    private static final int DEEPEST = 8;

    private ConnectionCause() {}

    public static String describe(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return "DNS does not know the host";
            }
            if (cause instanceof SSLException) {
                return "TLS failed: " + cause.getMessage();
            }
            if (cause instanceof ConnectException && cause.getCause() == null) {
                return "connection refused or not possible: " + Objects.toString(cause.getMessage(), "no reason given");
            }
            cause = cause.getCause();
        }
        return failure.toString();
    }
}
