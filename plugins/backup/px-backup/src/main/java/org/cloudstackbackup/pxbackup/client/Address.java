/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;

/** A server's address by the rules of the official client: a missing scheme is http, slashes at the end go. */
record Address(URI uri) {
    static Address of(String setting, String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            throw wrong(setting, "is empty");
        }
        String whole = stripped.contains("://") ? stripped : "http://" + stripped;
        while (whole.endsWith("/")) {
            whole = whole.substring(0, whole.length() - 1);
        }
        try {
            return new Address(checked(setting, new URI(whole)));
        } catch (URISyntaxException e) {
            throw new PxBackupException(Reason.SETTINGS, setting + " is no address: " + e.getReason(), null);
        }
    }

    private static URI checked(String setting, URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw wrong(setting, "begins with http:// or https://, not " + scheme + "://");
        }
        if (uri.getHost() == null || uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null) {
            throw wrong(setting, "is scheme, host, port and path, without user, query or fragment");
        }
        return uri;
    }

    private static PxBackupException wrong(String setting, String problem) {
        return new PxBackupException(Reason.SETTINGS, setting + " " + problem, null);
    }

    String text() {
        return uri.toString();
    }

    /** The whole address of a path that begins with a slash. */
    String with(String path) {
        return text() + path;
    }

    /** Clear text that leaves this machine. */
    boolean isExposed() {
        if (!"http".equalsIgnoreCase(uri.getScheme())) {
            return false;
        }
        String host = uri.getHost();
        if (host.equals("localhost") || host.endsWith(".svc") || host.endsWith(".svc.cluster.local")) {
            return false;
        }
        boolean number = host.startsWith("[") || host.chars().allMatch(each -> each == '.' || Character.isDigit(each));
        try {
            return !number || !InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return true;
        }
    }
}
