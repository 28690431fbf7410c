/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.alert;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.cloudstackbackup.framework.alert.Delivery;
import org.cloudstackbackup.framework.alert.Delivery.News;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/** Hands one mail to a mail server. The only class that knows the mail library. */
final class Smtp {
    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final Server server;

    Smtp(Server server) {
        this.server = server;
    }

    /**
     * Returns when the server has taken the mail.
     *
     * @throws ProviderException {@code EXTERNAL} when the server refused the mail or an address for good, {@code UNAVAILABLE}
     *     for all else, also for a refused password: a changed setting mends it
     */
    void send(String sender, Delivery delivery) {
        String what = "Mail server " + server.host() + ":" + server.port();
        Session session = Session.getInstance(properties(sender));
        try (Transport transport = session.getTransport("smtp")) {
            MimeMessage mail = mail(session, sender, delivery);
            transport.connect(server.host(), server.port(), server.user(), server.password());
            transport.sendMessage(mail, mail.getAllRecipients());
        } catch (MessagingException e) {
            throw new ProviderException(
                    isForGood(e) ? ErrorKind.EXTERNAL : ErrorKind.UNAVAILABLE,
                    what,
                    what + (e instanceof AuthenticationFailedException ? " refused user or password" : " did not take")
                            + " the mail about alert " + delivery.alertUuid() + " to " + delivery.target() + ": "
                            + text(e),
                    e);
        }
    }

    private Properties properties(String sender) {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.from", sender);
        properties.setProperty("mail.smtp.auth", String.valueOf(server.user() != null));
        properties.setProperty("mail.smtp.starttls.enable", String.valueOf(server.startTls()));
        properties.setProperty("mail.smtp.starttls.required", String.valueOf(server.startTls()));
        properties.setProperty("mail.smtp.ssl.enable", String.valueOf(server.tls()));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.ssl.protocols", "TLSv1.2 TLSv1.3");
        properties.setProperty("mail.smtp.connectiontimeout", String.valueOf(server.connectMillis()));
        properties.setProperty("mail.smtp.timeout", String.valueOf(server.answerMillis()));
        properties.setProperty("mail.smtp.writetimeout", String.valueOf(server.answerMillis()));
        SSLSocketFactory trust = server.trust();
        if (trust != null) {
            properties.put("mail.smtp.ssl.socketFactory", trust);
        }
        return properties;
    }

    private static MimeMessage mail(Session session, String sender, Delivery delivery) throws MessagingException {
        MimeMessage mail =
                new IdentifiedMail(session, "<" + delivery.uuid() + sender.substring(sender.indexOf('@')) + ">");
        mail.setFrom(new InternetAddress(sender, true));
        mail.setRecipient(RecipientType.TO, new InternetAddress(delivery.target(), true));
        mail.setSubject(
                (delivery.news() == News.RAISED ? "[alert] " : "[resolved] ") + oneLine(delivery.subject()), UTF_8);
        mail.setText(text(delivery), UTF_8);
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setSentDate(Date.from(delivery.at()));
        mail.saveChanges();
        return mail;
    }

    private static String text(Delivery delivery) {
        String zone = delivery.zoneUuid() == null
                ? ""
                : "Zone:     " + delivery.zoneName() + " (" + delivery.zoneUuid() + ")\n";
        return delivery.content() + "\n\n"
                + (delivery.news() == News.RAISED ? "Raised:   " : "Resolved: ") + delivery.at() + "\n"
                + "Alert:    " + delivery.alertUuid() + "\n"
                + "Type:     " + delivery.name() + " (" + delivery.type() + ")\n"
                + "Cause:    " + delivery.cause() + "\n" + zone;
    }

    /** The sender of alerts cleans subjects, too; but here is where a line break would begin another header. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    private static boolean isForGood(MessagingException failure) {
        for (@Nullable Exception e = failure;
                e != null;
                e = e instanceof MessagingException chained ? chained.getNextException() : null) {
            int code = code(e);
            if (code >= 550 && code <= 554) {
                return true;
            }
        }
        return false;
    }

    private static int code(Exception e) {
        if (e instanceof SMTPAddressFailedException address) {
            return address.getReturnCode();
        }
        if (e instanceof SMTPSenderFailedException sender) {
            return sender.getReturnCode();
        }
        return e instanceof SMTPSendFailedException send ? send.getReturnCode() : 0;
    }

    /** With the causes, since the first sentence is often "Could not connect". */
    private static String text(MessagingException failure) {
        StringBuilder text = new StringBuilder(oneLine(String.valueOf(failure.getMessage())));
        Exception next = failure.getNextException();
        if (next != null) {
            text.append(" (").append(oneLine(String.valueOf(next.getMessage()))).append(')');
        }
        return text.toString();
    }

    /**
     * Where mails go, and how.
     *
     * @param user null when the server wants none
     * @param startTls whether the connection is encrypted after the greeting, or not used
     * @param tls whether the connection is encrypted from the start
     */
    record Server(
            String host,
            int port,
            @Nullable String user,
            @Nullable String password,
            boolean startTls,
            boolean tls,
            int connectMillis,
            int answerMillis,
            @Nullable SSLSocketFactory trust) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** Keeps its id from attempt to attempt, so that a mailbox can drop repetitions. */
    private static final class IdentifiedMail extends MimeMessage {
        private final String id;

        IdentifiedMail(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
