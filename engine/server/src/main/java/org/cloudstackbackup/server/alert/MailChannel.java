/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.alert;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.cloudstackbackup.framework.alert.Channel;
import org.cloudstackbackup.framework.alert.Delivery;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.spi.SettingDefinition;
import org.jspecify.annotations.Nullable;

/** Sends alerts by mail, one mail for each receiver. The mail library is in {@link Smtp}, which is loaded with the first mail. */
public final class MailChannel implements Channel {
    private final Settings settings;
    private final @Nullable SSLSocketFactory trust;

    public MailChannel(Settings settings) {
        this(settings, null);
    }

    /** @param trust how connections are encrypted; null for Java's own way */
    MailChannel(Settings settings, @Nullable SSLSocketFactory trust) {
        this.settings = requireNonNull(settings, "settings is null");
        this.trust = trust;
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public List<String> targets() {
        boolean configured = !value(AlertSettings.SMTP_HOST).isBlank()
                && !value(AlertSettings.MAIL_SENDER).isBlank();
        return configured ? addresses(value(AlertSettings.MAIL_RECEIVERS)) : List.of();
    }

    @Override
    public void send(Delivery delivery) {
        boolean authenticates = isOn(AlertSettings.SMTP_AUTHENTICATES);
        new Smtp(new Smtp.Server(
                        value(AlertSettings.SMTP_HOST).strip(),
                        number(AlertSettings.SMTP_PORT),
                        authenticates ? value(AlertSettings.SMTP_USER) : null,
                        authenticates ? value(AlertSettings.SMTP_PASSWORD) : null,
                        isOn(AlertSettings.SMTP_STARTTLS),
                        isOn(AlertSettings.SMTP_TLS),
                        number(AlertSettings.SMTP_CONNECT_TIMEOUT),
                        number(AlertSettings.SMTP_TIMEOUT),
                        trust))
                .send(addresses(value(AlertSettings.MAIL_SENDER)).get(0), delivery);
    }

    private static List<String> addresses(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .distinct()
                .toList();
    }

    private String value(SettingDefinition setting) {
        return settings.value(setting);
    }

    private boolean isOn(SettingDefinition setting) {
        return Boolean.parseBoolean(value(setting));
    }

    private int number(SettingDefinition setting) {
        return Integer.parseInt(value(setting));
    }
}
