/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import static org.cloudstackbackup.spi.SettingDefinition.perZone;

import java.util.List;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.spi.SettingDefinition.Scope;
import org.cloudstackbackup.spi.SettingDefinition.Type;

/** The names of the driver's settings; each may differ from zone to zone. */
public final class PxBackupSettings {
    public static final String URL = "backup.plugin.pxbackup.url";
    public static final String TOKEN = "backup.plugin.pxbackup.token";
    public static final String AUTH_URL = "backup.plugin.pxbackup.auth.url";
    public static final String USER = "backup.plugin.pxbackup.user";
    public static final String PASSWORD = "backup.plugin.pxbackup.password";
    public static final String CLIENT_ID = "backup.plugin.pxbackup.client.id";
    public static final String CLIENT_SECRET = "backup.plugin.pxbackup.client.secret";
    public static final String ORGANISATION = "backup.plugin.pxbackup.org.id";
    public static final String CLUSTER = "backup.plugin.pxbackup.cluster";
    public static final String LOCATION = "backup.plugin.pxbackup.backup.location";
    public static final String TLS_VERIFY = "backup.plugin.pxbackup.tls.verify";
    public static final String TLS_CA = "backup.plugin.pxbackup.tls.ca";
    public static final String TLS_CERTIFICATE = "backup.plugin.pxbackup.tls.certificate";
    public static final String TLS_KEY = "backup.plugin.pxbackup.tls.key";
    public static final String AUTH_TLS_VERIFY = "backup.plugin.pxbackup.auth.tls.verify";
    public static final String AUTH_TLS_CA = "backup.plugin.pxbackup.auth.tls.ca";
    public static final String AUTH_TLS_CERTIFICATE = "backup.plugin.pxbackup.auth.tls.certificate";
    public static final String AUTH_TLS_KEY = "backup.plugin.pxbackup.auth.tls.key";
    public static final String CONNECT_TIMEOUT = "backup.plugin.pxbackup.timeout.connect";
    public static final String READ_TIMEOUT = "backup.plugin.pxbackup.timeout.read";
    public static final String ATTEMPTS = "backup.plugin.pxbackup.attempts";
    public static final String PAGE_SIZE = "backup.plugin.pxbackup.page.size";
    public static final String BACKUP_TYPE = "backup.plugin.pxbackup.backup.type";
    public static final String FREEZE = "backup.plugin.pxbackup.freeze";
    public static final String SAFETY = "backup.plugin.pxbackup.restore.copy";
    public static final String CAPACITY = "backup.plugin.pxbackup.capacity";

    static final List<SettingDefinition> DEFINITIONS = List.of(
            perZone(URL, Type.URL, "", "Address of PX-Backup's REST API, for example https://px-backup.example.org."),
            perZone(TOKEN, Type.SECRET, "", "A token issued elsewhere; left empty, user and password are used."),
            perZone(
                    AUTH_URL,
                    Type.URL,
                    "",
                    "Address of PX-Central, whose Keycloak issues tokens for user and password."),
            perZone(USER, Type.STRING, "", "User at PX-Central; with password, instead of a token."),
            perZone(PASSWORD, Type.SECRET, "", "Password of the user at PX-Central."),
            perZone(CLIENT_ID, Type.STRING, "pxcentral", "Keycloak's name for the client that asks for a token."),
            perZone(CLIENT_SECRET, Type.SECRET, "", "Secret of the client, for a confidential one only."),
            perZone(ORGANISATION, Type.STRING, "default", "PX-Backup's organisation."),
            perZone(CLUSTER, Type.STRING, "", "Name or uid of the cluster, as PX-Backup knows it, where the VMs live."),
            perZone(LOCATION, Type.STRING, "", "Name or uid of the backup location that backups go to."),
            perZone(
                    TLS_VERIFY,
                    Type.BOOLEAN,
                    "true",
                    "Whether the certificate of PX-Backup is verified; false lets anybody listen in."),
            perZone(TLS_CA, Type.STRING, "", "File of authorities in PEM that replace the system's, for PX-Backup."),
            perZone(TLS_CERTIFICATE, Type.STRING, "", "File of the client certificate in PEM, for PX-Backup."),
            perZone(TLS_KEY, Type.STRING, "", "File of the key of the client certificate, PKCS #8 in PEM."),
            perZone(
                    AUTH_TLS_VERIFY,
                    Type.BOOLEAN,
                    "true",
                    "Whether the certificate of PX-Central is verified; false lets anybody listen in."),
            perZone(
                    AUTH_TLS_CA,
                    Type.STRING,
                    "",
                    "File of authorities in PEM that replace the system's, for PX-Central."),
            perZone(AUTH_TLS_CERTIFICATE, Type.STRING, "", "File of the client certificate in PEM, for PX-Central."),
            perZone(
                    AUTH_TLS_KEY,
                    Type.STRING,
                    "",
                    "File of the key of PX-Central's client certificate, PKCS #8 in PEM."),
            perZone(CONNECT_TIMEOUT, Type.POSITIVE, "10", "Seconds to wait for a connection."),
            perZone(READ_TIMEOUT, Type.POSITIVE, "60", "Seconds of silence after which an answer is given up."),
            perZone(ATTEMPTS, Type.POSITIVE, "4", "How often a call that may be repeated is tried in all."),
            perZone(PAGE_SIZE, Type.POSITIVE, "500", "Objects in one page of a list; at least 2."),
            new SettingDefinition(
                    BACKUP_TYPE,
                    Type.SELECT,
                    "Normal",
                    "Normal takes snapshots of the storage; Generic copies the files to the location (KDMP).",
                    Scope.ZONE,
                    true,
                    List.of("Normal", "Generic")),
            perZone(
                    FREEZE,
                    Type.BOOLEAN,
                    "true",
                    "Whether the guest is frozen for every backup, scheduled ones included, when its agent is there."),
            perZone(
                    SAFETY,
                    Type.BOOLEAN,
                    "true",
                    "Whether a restore over existing volumes first copies them to the backup location, until it has succeeded."),
            perZone(CAPACITY, Type.LONG, "0", "Bytes that the backup location can hold; 0 when it is not known."));

    private PxBackupSettings() {}
}
