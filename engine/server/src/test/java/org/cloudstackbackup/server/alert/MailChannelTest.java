/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.cloudstackbackup.framework.alert.Delivery;
import org.cloudstackbackup.framework.alert.Delivery.News;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

class MailChannelTest {
    private static final String PASSWORD = "hunter2-secret";

    @TempDir
    private static @Nullable Path folder;

    private final TestSettings settings = new TestSettings()
            .with(AlertSettings.SMTP_HOST, "localhost")
            .with(AlertSettings.MAIL_SENDER, "backup@example.org")
            .with(AlertSettings.MAIL_RECEIVERS, "ops@example.org, boss@example.org,ops@example.org");
    private final BlockingQueue<Mail> mails = new LinkedBlockingQueue<>();
    private final List<SMTPServer> servers = new ArrayList<>();
    private volatile int refusal;

    @AfterEach
    void stop() {
        servers.forEach(SMTPServer::stop);
    }

    @Test
    void anAlertIsAMailToEachReceiver() throws Exception {
        start(server -> {});
        MailChannel channel = new MailChannel(settings);
        assertThat(channel.targets()).containsExactly("ops@example.org", "boss@example.org");
        channel.send(raised("Backup of wéb failed"));
        Mail mail = mails.remove();
        assertThat(mail.from()).isEqualTo("backup@example.org");
        assertThat(mail.to()).isEqualTo("ops@example.org");
        MimeMessage message = mail.parsed();
        assertThat(message.getSubject()).isEqualTo("[alert] Backup of wéb failed");
        assertThat(message.getContentType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat(message.getContent().toString().replace("\r\n", "\n")).isEqualTo("""
                The disk of "web" is full; größer wäre besser

                Raised:   2026-01-02T03:04:05Z
                Alert:    alert-1
                Type:     ALERT.BACKUP.FAILED (1001)
                Cause:    vm:vm-1
                Zone:     Zürich (zone-1)
                """);
        assertThat(message.getSentDate()).isEqualTo(Date.from(TestDeliveries.AT));
        assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(message.getMessageID())
                .as("by which a mailbox knows a repetition")
                .isEqualTo("<0b7c3f0e-5f2c-4c1b-9f53-3a2f6f0d1c11@example.org>");

        channel.send(TestDeliveries.of(News.RESOLVED, "ops@example.org", "Backup of web failed"));
        assertThat(mails.remove().parsed().getSubject()).isEqualTo("[resolved] Backup of web failed");
    }

    @Test
    void aSubjectAddsNoHeader() throws Exception {
        start(server -> {});
        new MailChannel(settings).send(raised("web\r\nBcc: all@example.org\r\n\r\nBody\u0000"));
        Mail mail = mails.remove();
        assertThat(mails).isEmpty();
        assertThat(mail.parsed().getHeader("Bcc")).isNull();
        assertThat(mail.parsed().getSubject()).isEqualTo("[alert] web Bcc: all@example.org Body");
        assertThat(mail.parsed().getContent().toString()).startsWith("The disk");
    }

    @Test
    void withoutServerSenderOrReceiverThereIsNoMail() {
        MailChannel channel = new MailChannel(settings);
        assertThat(channel.targets()).hasSize(2);
        settings.with(AlertSettings.MAIL_RECEIVERS, "");
        assertThat(channel.targets()).isEmpty();
        settings.with(AlertSettings.MAIL_RECEIVERS, "ops@example.org").with(AlertSettings.MAIL_SENDER, "");
        assertThat(channel.targets()).isEmpty();
        settings.with(AlertSettings.MAIL_SENDER, "backup@example.org").with(AlertSettings.SMTP_HOST, "");
        assertThat(channel.targets()).isEmpty();
    }

    @Test
    void startTlsAndPasswordsAreUsedWhenAskedFor() throws Exception {
        SSLContext tls = tls();
        start(server -> server.requireTLS()
                .startTlsSocketFactory(tls, false)
                .requireAuth()
                .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory((user, password, context) -> {
                    if (!user.equals("robot") || !password.equals(PASSWORD)) {
                        throw new LoginFailedException();
                    }
                })));
        MailChannel channel = new MailChannel(settings, tls.getSocketFactory());
        refused(channel, ErrorKind.EXTERNAL, ErrorKind.UNAVAILABLE);
        settings.with(AlertSettings.SMTP_STARTTLS, true)
                .with(AlertSettings.SMTP_AUTHENTICATES, true)
                .with(AlertSettings.SMTP_USER, "robot")
                .with(AlertSettings.SMTP_PASSWORD, PASSWORD + "-wrong");
        assertThat(refused(channel, ErrorKind.UNAVAILABLE)).contains("refused user or password");
        settings.with(AlertSettings.SMTP_PASSWORD, PASSWORD);
        channel.send(raised("x"));
        assertThat(mails).hasSize(1);
    }

    @Test
    void nothingIsSentToAServerThatIsNotEncryptedOrNotTheRightOne() throws Exception {
        start(server -> {});
        settings.with(AlertSettings.SMTP_STARTTLS, true);
        refused(new MailChannel(settings), ErrorKind.UNAVAILABLE);
        servers.get(0).stop();
        SSLContext tls = tls();
        start(server -> server.enableTLS().startTlsSocketFactory(tls, false));
        refused(new MailChannel(settings), ErrorKind.UNAVAILABLE);
        settings.with(AlertSettings.SMTP_HOST, "127.0.0.2");
        refused(new MailChannel(settings, tls.getSocketFactory()), ErrorKind.UNAVAILABLE);
        assertThat(mails).isEmpty();
    }

    @Test
    void tlsFromTheFirstByteIsUsedWhenAskedFor() throws Exception {
        SSLContext tls = tls();
        start(server -> server.serverSocketFactory(tls));
        settings.with(AlertSettings.SMTP_TLS, true);
        new MailChannel(settings, tls.getSocketFactory()).send(raised("x"));
        assertThat(mails).hasSize(1);
    }

    @Test
    void whatTheServerSaysDecidesWhetherItIsTriedAgain() throws Exception {
        start(server -> {});
        MailChannel channel = new MailChannel(settings);
        refusal = 451;
        assertThat(refused(channel, ErrorKind.UNAVAILABLE)).contains("come back later");
        refusal = 554;
        assertThat(refused(channel, ErrorKind.EXTERNAL)).contains("554");
        refusal = 0;
        channel.send(raised("x"));
        assertThat(mails).hasSize(1);
    }

    @Test
    void aServerThatIsAwayOrSilentIsTriedAgain() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            settings.with(AlertSettings.SMTP_HOST, "127.0.0.1")
                    .with(AlertSettings.SMTP_PORT, silent.getLocalPort())
                    .with(AlertSettings.SMTP_TIMEOUT, 200);
            long begin = System.nanoTime();
            refused(new MailChannel(settings), ErrorKind.UNAVAILABLE);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
        }
        assertThat(refused(new MailChannel(settings), ErrorKind.UNAVAILABLE)).contains("127.0.0.1");
    }

    private String refused(MailChannel channel, ErrorKind... kinds) {
        List<String> text = new ArrayList<>();
        assertThatThrownBy(() -> channel.send(raised("x"))).isInstanceOfSatisfying(ProviderException.class, e -> {
            assertThat(e.kind()).as(e.text()).isIn((Object[]) kinds);
            assertThat(e.text()).startsWith("Mail server ").contains("alert-1").doesNotContain(PASSWORD);
            text.add(e.text());
        });
        return text.get(0);
    }

    private void start(Consumer<SMTPServer.Builder> options) throws IOException {
        SMTPServer.Builder builder = SMTPServer.port(0)
                .bindAddress(InetAddress.getByName("0.0.0.0"))
                .hostName("localhost")
                .messageHandler((context, from, to, data) -> {
                    if (refusal != 0) {
                        throw new RejectException(refusal, "come back later");
                    }
                    mails.add(new Mail(from, to, data));
                });
        options.accept(builder);
        SMTPServer server = builder.build();
        server.start();
        servers.add(server);
        settings.with(AlertSettings.SMTP_PORT, server.getPortAllocated());
    }

    private static Delivery raised(String subject) {
        return TestDeliveries.of(News.RAISED, "ops@example.org", subject);
    }

    /** A certificate of localhost that only we trust. */
    private static SSLContext tls() throws Exception {
        Path store = java.util.Objects.requireNonNull(folder).resolve("localhost.p12");
        if (!Files.exists(store)) {
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-keyalg",
                            "EC",
                            "-alias",
                            "localhost",
                            "-dname",
                            "CN=localhost",
                            "-ext",
                            "SAN=dns:localhost",
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            "changeit",
                            "-keystore",
                            store.toString())
                    .redirectErrorStream(true)
                    .start();
            String output =
                    new String(keytool.getInputStream().readAllBytes(), java.nio.charset.Charset.defaultCharset());
            assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(keytool.exitValue()).as(output).isZero();
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, "changeit".toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    private record Mail(String from, String to, byte[] data) {
        MimeMessage parsed() throws Exception {
            return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(data));
        }
    }
}
