/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Says what is behind a failure of TLS, for people who have to put it right. */
final class TlsProblem {
    private TlsProblem() {}

    static String of(Throwable failure) {
        String told = String.valueOf(failure.getMessage());
        return sentence(failure) + " (" + told + ")";
    }

    private static String sentence(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof CertificateExpiredException) {
                return "The server's certificate has expired";
            }
            if (each instanceof CertificateNotYetValidException) {
                return "The server's certificate is not valid yet; compare the clocks";
            }
            if (each instanceof CertPathBuilderException) {
                return "The server's certificate is not trusted: no known authority signed it; set the file of its"
                        + " authority in backup.plugin.pxbackup.tls.ca";
            }
            String text = String.valueOf(each.getMessage());
            if (each instanceof SSLPeerUnverifiedException
                    || text.contains("No subject alternative")
                    || text.contains("No name matching")) {
                return "The server's certificate is for another host";
            }
            if (text.contains("Unsupported or unrecognized SSL message") || text.contains("plaintext connection")) {
                return "The server does not speak TLS at this port; is the address http?";
            }
            if (text.contains("certificate_required") || text.contains("bad_certificate")) {
                return "The server wants a client certificate that it trusts";
            }
        }
        return "TLS failed";
    }
}
