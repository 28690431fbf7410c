/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.alert;

import java.util.List;
import org.cloudstackbackup.framework.alert.AlertDelivery;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.spi.SettingDefinition.Type;

/** How alerts leave the installation. Names that begin with {@code alert.email} and {@code alert.smtp} are CloudStack's. */
public final class AlertSettings {
    static final SettingDefinition MAIL_RECEIVERS = SettingDefinition.global(
            "alert.email.addresses",
            Type.MAIL_ADDRESSES,
            "",
            "Mail addresses that get alerts, separated by commas; empty for no mail");

    static final SettingDefinition MAIL_SENDER = SettingDefinition.global(
            "alert.email.sender",
            Type.MAIL_ADDRESSES,
            "",
            "Mail address that alerts come from; without it no mail is sent");

    static final SettingDefinition SMTP_HOST = SettingDefinition.global(
            "alert.smtp.host",
            Type.STRING,
            "",
            "Name or address of the mail server that takes alerts; without it no mail is sent");

    static final SettingDefinition SMTP_PORT =
            SettingDefinition.global("alert.smtp.port", Type.PORT, "25", "Port of the mail server that takes alerts");

    static final SettingDefinition SMTP_AUTHENTICATES = SettingDefinition.global(
            "alert.smtp.useAuth", Type.BOOLEAN, "false", "Whether the mail server wants a user name and a password");

    static final SettingDefinition SMTP_USER =
            SettingDefinition.global("alert.smtp.username", Type.STRING, "", "User name for the mail server");

    static final SettingDefinition SMTP_PASSWORD =
            SettingDefinition.global("alert.smtp.password", Type.SECRET, "", "Password for the mail server");

    static final SettingDefinition SMTP_STARTTLS = SettingDefinition.global(
            "alert.smtp.useStartTLS",
            Type.BOOLEAN,
            "false",
            "Whether the connection to the mail server is encrypted by STARTTLS; nothing is sent to one that refuses it");

    static final SettingDefinition SMTP_TLS = SettingDefinition.global(
            "alert.smtp.useTLS",
            Type.BOOLEAN,
            "false",
            "Whether the connection to the mail server is encrypted from its first byte on, as is usual on port 465");

    static final SettingDefinition SMTP_CONNECT_TIMEOUT = SettingDefinition.global(
            "alert.smtp.connectiontimeout",
            Type.POSITIVE,
            "10000",
            "Milliseconds to wait for a connection to the mail server");

    static final SettingDefinition SMTP_TIMEOUT = SettingDefinition.global(
            "alert.smtp.timeout", Type.POSITIVE, "10000", "Milliseconds to wait for an answer of the mail server");

    static final SettingDefinition WEBHOOK_URL = SettingDefinition.global(
            "alert.webhook.url", Type.URL, "", "Where alerts are posted to as JSON; empty for nowhere");

    static final SettingDefinition WEBHOOK_SECRET = SettingDefinition.global(
            "alert.webhook.secret",
            Type.SECRET,
            "",
            "Key of the signature (HMAC with SHA-256) by which the receiver of posted alerts knows them as ours; empty for none");

    static final SettingDefinition WEBHOOK_TIMEOUT = SettingDefinition.global(
            "alert.webhook.timeout", Type.POSITIVE, "10", "Seconds to wait for the answer to a posted alert");

    static final SettingDefinition PURGE_DELAY = SettingDefinition.global(
            "alert.purge.delay",
            Type.INTEGER,
            "0",
            "Days after which resolved alerts are forgotten; 0 or less to keep them");

    /** All of the above, and the framework's. */
    public static final List<SettingDefinition> ALL = List.of(
            MAIL_RECEIVERS,
            MAIL_SENDER,
            SMTP_HOST,
            SMTP_PORT,
            SMTP_AUTHENTICATES,
            SMTP_USER,
            SMTP_PASSWORD,
            SMTP_STARTTLS,
            SMTP_TLS,
            SMTP_CONNECT_TIMEOUT,
            SMTP_TIMEOUT,
            WEBHOOK_URL,
            WEBHOOK_SECRET,
            WEBHOOK_TIMEOUT,
            PURGE_DELAY,
            AlertDelivery.ATTEMPTS);

    private AlertSettings() {}
}
