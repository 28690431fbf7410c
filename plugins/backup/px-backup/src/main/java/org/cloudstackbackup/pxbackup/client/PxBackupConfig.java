/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;

/**
 * One connection to one PX-Backup. No secret is in {@code toString}.
 *
 * @param apiUrl of the REST listener; {@code http://} is assumed when no scheme is there
 * @param organisation used where a call names none
 * @param tls for the API
 * @param authTls for the token issuer, which may be another host with another authority
 */
public record PxBackupConfig(String apiUrl, Login login, String organisation, Tls tls, Tls authTls, Limits limits) {
    public PxBackupConfig {
        apiUrl = Address.of("api_url", apiUrl).text();
        requireNonNull(login, "login is null");
        requireNonNull(tls, "tls is null");
        requireNonNull(authTls, "authTls is null");
        requireNonNull(limits, "limits is null");
        if (organisation.isBlank()) {
            throw new PxBackupException(Reason.SETTINGS, "org_id is empty", null);
        }
    }

    /** The organisation {@code default}, the system's certificates and the usual limits. */
    public static PxBackupConfig of(String apiUrl, Login login) {
        return new PxBackupConfig(apiUrl, login, "default", Tls.STANDARD, Tls.STANDARD, Limits.STANDARD);
    }

    public PxBackupConfig withOrganisation(String changed) {
        return new PxBackupConfig(apiUrl, login, changed, tls, authTls, limits);
    }

    /** For the API and the token issuer alike. */
    public PxBackupConfig withTls(Tls changed) {
        return new PxBackupConfig(apiUrl, login, organisation, changed, changed, limits);
    }

    public PxBackupConfig withAuthTls(Tls changed) {
        return new PxBackupConfig(apiUrl, login, organisation, tls, changed, limits);
    }

    public PxBackupConfig withLimits(Limits changed) {
        return new PxBackupConfig(apiUrl, login, organisation, tls, authTls, changed);
    }

    /**
     * How long and how much.
     *
     * @param read the longest silence while an answer is awaited; a whole answer may take ten times as long
     * @param pageSize objects in one page of a list
     * @param attempts how often a call that may be repeated is tried, the first time included
     * @param answerBytes the largest answer that is read
     * @param details the longest wait for the server to gather a backup's details
     */
    public record Limits(
            Duration connect, Duration read, int pageSize, int attempts, int answerBytes, Duration details) {
        public static final Limits STANDARD = new Limits(
                Duration.ofSeconds(10), Duration.ofSeconds(60), 500, 4, 64 * 1024 * 1024, Duration.ofMinutes(5));

        public Limits {
            positive("connect timeout", connect);
            positive("read timeout", read);
            positive("details timeout", details);
            if (pageSize < 2 || attempts < 1 || answerBytes < 1) {
                throw new PxBackupException(
                        Reason.SETTINGS, "page size is at least 2, attempts and answer size at least 1", null);
            }
        }

        public Limits withTimeouts(Duration changedConnect, Duration changedRead) {
            return new Limits(changedConnect, changedRead, pageSize, attempts, answerBytes, details);
        }

        public Limits withPageSize(int changed) {
            return new Limits(connect, read, changed, attempts, answerBytes, details);
        }

        public Limits withAttempts(int changed) {
            return new Limits(connect, read, pageSize, changed, answerBytes, details);
        }

        public Limits withAnswerBytes(int changed) {
            return new Limits(connect, read, pageSize, attempts, changed, details);
        }

        private static void positive(String name, Duration duration) {
            if (duration.isNegative() || duration.isZero() || duration.compareTo(Duration.ofDays(1)) > 0) {
                throw new PxBackupException(
                        Reason.SETTINGS, name + " is between 1 ms and one day, not " + duration, null);
            }
        }
    }
}
