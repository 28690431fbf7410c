/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import static java.util.Objects.requireNonNull;

import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;

/** How the client gets its bearer token. No secret is in {@code toString}. */
public sealed interface Login {
    /** A token that was issued elsewhere; it cannot be renewed. */
    static Login token(String token) {
        return new Token(token);
    }

    /**
     * User and password at the token issuer of PX-Central.
     *
     * @param authUrl PX-Central's address, with or without {@code /auth}
     */
    static Login password(String authUrl, String user, String password) {
        return new Password(authUrl, user, password, "pxcentral", "");
    }

    /** A token as it is sent. */
    record Token(String token) implements Login {
        public Token {
            requireNonNull(token, "token is null");
            token = token.strip();
            if (token.isEmpty() || !token.chars().allMatch(each -> each > ' ' && each < 127)) {
                throw new PxBackupException(
                        Reason.SETTINGS, "token is empty or has characters that no token has", null);
            }
        }

        @Override
        public String toString() {
            return "Token[...]";
        }
    }

    /**
     * User and password.
     *
     * @param clientSecret for a confidential client only; empty for none
     */
    record Password(String authUrl, String user, String password, String clientId, String clientSecret)
            implements Login {
        public Password {
            requireNonNull(authUrl, "authUrl is null");
            requireNonNull(password, "password is null");
            requireNonNull(clientSecret, "clientSecret is null");
            if (user.isBlank() || password.isEmpty() || clientId.isBlank()) {
                throw new PxBackupException(Reason.SETTINGS, "user, password and client id must not be empty", null);
            }
        }

        @Override
        public String toString() {
            return "Password[authUrl=" + authUrl + ", user=" + user + ", clientId=" + clientId + "]";
        }
    }
}
