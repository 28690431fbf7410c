/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.bucket;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.cloudstackbackup.clusterexport.http.Sockets;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SystemPropertyTlsKeyManagersProvider;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;

/** Ways to the store's endpoint, with the same trust and keys as the SDK uses. */
final class StoreSockets {
    private StoreSockets() {}

    /** Whether the environment or the system properties want a proxy for the endpoint, which the SDK knows to use. */
    static boolean isProxied(URI endpoint) {
        ProxyConfiguration proxy = ProxyConfiguration.builder().build();
        String host = endpoint.getHost().toLowerCase(Locale.ROOT);
        boolean exempt =
                proxy.nonProxyHosts() != null && proxy.nonProxyHosts().stream().anyMatch(host::matches);
        return proxy.host() != null && !proxy.host().isEmpty() && !exempt;
    }

    /** {@code trust} is null for what Java trusts; {@code timeout} is for making a connection. */
    static Sockets to(URI endpoint, TrustManager @Nullable [] trust, Duration timeout) {
        return new Sockets(endpoint, () -> tls(trust), timeout);
    }

    private static SSLContext tls(TrustManager @Nullable [] trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(SystemPropertyTlsKeyManagersProvider.create().keyManagers(), trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS is part of Java", e);
        }
    }
}
