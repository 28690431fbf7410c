/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import org.cloudstackbackup.pxbackup.client.Login;
import org.cloudstackbackup.pxbackup.client.Pause;
import org.cloudstackbackup.pxbackup.client.PxBackupClient;
import org.cloudstackbackup.pxbackup.client.PxBackupConfig;
import org.cloudstackbackup.pxbackup.client.PxBackupConfig.Limits;
import org.cloudstackbackup.pxbackup.client.PxBackupException;
import org.cloudstackbackup.pxbackup.client.Tls;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.ZoneContext;
import org.jspecify.annotations.Nullable;

/** Turns the settings of a zone into a client for its PX-Backup. */
public final class PxBackupConnections {
    private static final int LONGEST_TIMEOUT = 3600;

    private PxBackupConnections() {}

    /**
     * A client that waits in earnest. Nothing is sent before its first call; the caller closes it.
     *
     * @throws ProviderException {@code USER} when the settings of the zone cannot work; the message names the setting
     */
    public static PxBackupClient open(ZoneContext zone) {
        return open(zone, Pause.REAL);
    }

    static PxBackupClient open(ZoneContext zone, Pause pause) {
        PxBackupConfig config = config(zone);
        try {
            return new PxBackupClient(config, zone.clock(), pause);
        } catch (PxBackupException e) {
            throw unusable(zone, "backup.plugin.pxbackup.*", String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * How to reach the PX-Backup of a zone.
     *
     * @throws ProviderException {@code USER} when the settings of the zone cannot work; the message names the setting
     */
    public static PxBackupConfig config(ZoneContext zone) {
        requireNonNull(zone, "zone is null");
        require(zone, PxBackupSettings.URL);
        require(zone, PxBackupSettings.ORGANISATION);
        Limits limits = Limits.STANDARD
                .withTimeouts(
                        seconds(zone, PxBackupSettings.CONNECT_TIMEOUT), seconds(zone, PxBackupSettings.READ_TIMEOUT))
                .withPageSize(number(zone, PxBackupSettings.PAGE_SIZE, 2, 100_000))
                .withAttempts(number(zone, PxBackupSettings.ATTEMPTS, 1, 100));
        Tls tls = tls(
                zone,
                PxBackupSettings.TLS_VERIFY,
                PxBackupSettings.TLS_CA,
                PxBackupSettings.TLS_CERTIFICATE,
                PxBackupSettings.TLS_KEY);
        Tls authTls = tls(
                zone,
                PxBackupSettings.AUTH_TLS_VERIFY,
                PxBackupSettings.AUTH_TLS_CA,
                PxBackupSettings.AUTH_TLS_CERTIFICATE,
                PxBackupSettings.AUTH_TLS_KEY);
        Login login = login(zone);
        try {
            return new PxBackupConfig(
                    zone.setting(PxBackupSettings.URL),
                    login,
                    zone.setting(PxBackupSettings.ORGANISATION),
                    tls,
                    authTls,
                    limits);
        } catch (PxBackupException e) {
            throw unusable(zone, PxBackupSettings.URL, String.valueOf(e.getMessage()), e);
        }
    }

    private static Login login(ZoneContext zone) {
        String token = zone.setting(PxBackupSettings.TOKEN);
        if (!token.isBlank()) {
            try {
                return Login.token(token);
            } catch (PxBackupException e) {
                throw unusable(zone, PxBackupSettings.TOKEN, String.valueOf(e.getMessage()), e);
            }
        }
        if (zone.setting(PxBackupSettings.USER).isBlank()) {
            throw unusable(
                    zone,
                    PxBackupSettings.TOKEN,
                    "it is empty and so is " + PxBackupSettings.USER + "; give a token, or user, password and "
                            + PxBackupSettings.AUTH_URL,
                    null);
        }
        require(zone, PxBackupSettings.PASSWORD);
        require(zone, PxBackupSettings.AUTH_URL);
        require(zone, PxBackupSettings.CLIENT_ID);
        return new Login.Password(
                zone.setting(PxBackupSettings.AUTH_URL),
                zone.setting(PxBackupSettings.USER),
                zone.setting(PxBackupSettings.PASSWORD),
                zone.setting(PxBackupSettings.CLIENT_ID),
                zone.setting(PxBackupSettings.CLIENT_SECRET));
    }

    private static Tls tls(ZoneContext zone, String verify, String authority, String certificate, String key) {
        Path own = file(zone, certificate);
        Path ownKey = file(zone, key);
        if ((own == null) != (ownKey == null)) {
            throw unusable(
                    zone,
                    own == null ? certificate : key,
                    "a certificate and its key come together; it is empty",
                    null);
        }
        return new Tls(Boolean.parseBoolean(zone.setting(verify)), file(zone, authority), own, ownKey);
    }

    private static @Nullable Path file(ZoneContext zone, String key) {
        String text = zone.setting(key);
        if (text.isBlank()) {
            return null;
        }
        try {
            Path file = Path.of(text);
            if (Files.isReadable(file) && Files.isRegularFile(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            throw unusable(zone, key, "'" + text + "' is no path of a file", e);
        }
        throw unusable(zone, key, "there is no readable file " + text, null);
    }

    private static Duration seconds(ZoneContext zone, String key) {
        return Duration.ofSeconds(number(zone, key, 1, LONGEST_TIMEOUT));
    }

    private static int number(ZoneContext zone, String key, int least, int most) {
        String text = zone.setting(key);
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw unusable(zone, key, "'" + text + "' is not a whole number from " + least + " to " + most, e);
        }
        throw unusable(zone, key, text + " is not from " + least + " to " + most, null);
    }

    static void require(ZoneContext zone, String key) {
        if (zone.setting(key).isBlank()) {
            throw unusable(zone, key, "it is empty", null);
        }
    }

    static ProviderException unusable(ZoneContext zone, String key, String problem, @Nullable Throwable cause) {
        return new ProviderException(
                ErrorKind.USER,
                "setting " + key,
                "Setting " + key + " of zone " + zone.name() + " cannot work: " + problem,
                cause);
    }
}
