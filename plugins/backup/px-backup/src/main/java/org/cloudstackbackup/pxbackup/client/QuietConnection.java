/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** A connection that logs neither headers nor bytes, whatever the log level: tokens and passwords travel through it. */
final class QuietConnection extends DefaultBHttpClientConnection implements ManagedHttpClientConnection {
    private volatile @Nullable Socket socket;
    private Timeout timeout = Timeout.DISABLED;

    QuietConnection() {
        super(Http1Config.DEFAULT);
    }

    @Override
    public void bind(Socket bound) throws IOException {
        super.bind(bound);
        socket = bound;
        timeout = Timeout.ofMilliseconds(bound.getSoTimeout());
    }

    @Override
    public void bind(SSLSocket secure, Socket plain) throws IOException {
        super.bind(secure, plain);
        socket = secure;
        timeout = Timeout.ofMilliseconds(secure.getSoTimeout());
    }

    @Override
    public @Nullable Socket getSocket() {
        return socket;
    }

    @Override
    public void setSocketTimeout(Timeout changed) {
        super.setSocketTimeout(changed);
        timeout = changed;
    }

    @Override
    public void passivate() {
        super.setSocketTimeout(Timeout.ZERO_MILLISECONDS);
    }

    @Override
    public void activate() {
        super.setSocketTimeout(timeout);
    }
}
