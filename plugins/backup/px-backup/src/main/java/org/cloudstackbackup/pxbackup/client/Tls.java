/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How one server is trusted, and how the client shows itself.
 *
 * @param verify false accepts any certificate and makes {@code authority} irrelevant
 * @param authority certificates in PEM that replace the system's; null takes the system's
 * @param certificate the client's chain in PEM; comes with {@code key}
 * @param key the client's private key, PKCS #8 in PEM without a password; comes with {@code certificate}
 */
public record Tls(
        boolean verify,
        @Nullable Path authority,
        @Nullable Path certificate,
        @Nullable Path key) {
    /** Verification on, the system's certificates, none of our own. */
    public static final Tls STANDARD = new Tls(true, null, null, null);

    public Tls {
        if ((certificate == null) != (key == null)) {
            throw new PxBackupException(
                    PxBackupException.Reason.SETTINGS,
                    "client_cert and client_key come together; " + (key == null ? "client_key" : "client_cert")
                            + " is missing",
                    null);
        }
    }

    /** Trusts what the authority has signed. */
    public static Tls trusting(Path authority) {
        return new Tls(true, authority, null, null);
    }

    /** Trusts anybody; the client warns in the log. */
    public static Tls insecure() {
        return new Tls(false, null, null, null);
    }

    public Tls withClientCertificate(Path changed, Path changedKey) {
        return new Tls(verify, authority, changed, changedKey);
    }
}
