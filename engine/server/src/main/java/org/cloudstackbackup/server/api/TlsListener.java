/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Scheduler;

/** Serves TLS 1.2 and 1.3 with a certificate that can be replaced while the server runs. */
final class TlsListener {
    private static final Logger LOG = LogManager.getLogger(TlsListener.class);
    private static final long HSTS_SECONDS = TimeUnit.DAYS.toSeconds(365);

    private final TlsConfig config;
    private final TlsFiles files;
    private final SslContextFactory.Server context = new SslContextFactory.Server();
    private final ServerConnector connector;
    private TlsFiles.State seen;

    /**
     * @param only whether there is no plain listener beside it; browsers are then told to come by TLS only
     * @throws IOException when certificate or key cannot be used; the message is one line for the operator
     */
    TlsListener(Server server, TlsConfig config, HttpConfiguration http, boolean only) throws IOException {
        this.config = config;
        this.files = new TlsFiles(config);
        context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        context.setKeyStore(files.load());
        context.setKeyStorePassword(TlsFiles.IN_MEMORY_PASSWORD);
        seen = files.state();
        HttpConfiguration secure = new HttpConfiguration(http);
        // Clients reach the server under names and addresses that its certificate need not tell; they check it
        // themselves.
        SecureRequestCustomizer customizer = new SecureRequestCustomizer(false);
        customizer.setStsMaxAge(only ? HSTS_SECONDS : -1);
        secure.addCustomizer(customizer);
        connector = new ServerConnector(
                server, 1, 1, new SslConnectionFactory(context, "http/1.1"), new HttpConnectionFactory(secure));
        connector.setPort(config.port());
    }

    ServerConnector connector() {
        return connector;
    }

    /** Looks at the files again and again, until the scheduler stops. */
    void watch(Scheduler scheduler) {
        scheduler.schedule(
                () -> {
                    reloadIfChanged();
                    watch(scheduler);
                },
                config.reloadInterval().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** What cannot be used, such as a pair of which only one file was replaced yet, is left for the next look. */
    private void reloadIfChanged() {
        try {
            TlsFiles.State now = files.state();
            if (!now.equals(seen)) {
                context.reload(factory -> factory.setKeyStore(loaded()));
                seen = now;
                LOG.info("Certificate {} was read again", config.certificate());
            }
        } catch (Exception e) {
            LOG.warn("The new certificate cannot be used; the one before stays in force", e);
        }
    }

    private KeyStore loaded() {
        try {
            return files.load();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
