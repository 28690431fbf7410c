/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.cloudstackbackup.emulator.http.Fault;
import org.cloudstackbackup.emulator.http.Fault.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("sets the log level of everything")
class SecretsTest {
    private static final String PASSWORD = "admin-has-a-long-password";

    @Test
    void noTokenAndNoPasswordIsInAnyLogOrMessageEvenWhenEverythingIsLogged() {
        Lines lines = Lines.listening(Level.ALL);
        try (Rig rig = Rig.of("3.1")) {
            PxBackupConfig config = PxBackupConfig.of(
                            rig.emulator().url(), Login.password(rig.emulator().url(), "admin", PASSWORD))
                    .withLimits(Rig.LIMITS);
            try (PxBackupClient wrong = rig.client(config)) {
                lines.all.add(trace(wrong::version));
            }
            rig.client().version();
            rig.emulator()
                    .fault(Fault.on("GET", "/v1/version", Kind.STATUS)
                            .with("status", 403)
                            .with("message", "no access with " + Rig.TOKEN));
            lines.all.add(trace(() -> rig.client().version()));
            lines.all.add(config + " " + PxBackupConfig.of("http://x", Login.token(Rig.TOKEN)));
        } finally {
            lines.end();
        }
        assertThat(lines.all).anyMatch(each -> each.contains("GET http") && each.contains("answered 200"));
        assertThat(lines.all).anyMatch(each -> each.contains("org.apache.hc"));
        assertThat(lines.all).noneMatch(each -> each.contains(Rig.TOKEN) || each.contains(PASSWORD));
    }

    @Test
    void theInsecureSwitchAndClearTextAreWarnedOf() {
        Lines lines = Lines.listening(Level.WARN);
        try {
            for (String url : List.of("https://px.example.com", "http://px.example.com", "http://10.1.2.3:10001")) {
                PxBackupConfig config = PxBackupConfig.of(url, Login.token("x"))
                        .withTls(url.startsWith("https") ? Tls.insecure() : Tls.STANDARD);
                new PxBackupClient(config, java.time.Clock.systemUTC(), Pause.REAL).close();
            }
            new PxBackupClient(
                            PxBackupConfig.of("http://127.0.0.1:1", Login.token("x")),
                            java.time.Clock.systemUTC(),
                            Pause.REAL)
                    .close();
        } finally {
            lines.end();
        }
        assertThat(lines.all).filteredOn(each -> each.contains("api_url")).hasSize(3);
        assertThat(lines.all.get(0)).contains("the certificate of https://px.example.com is not verified");
        assertThat(lines.all.get(1)).contains("http://px.example.com is clear text");
        assertThat(lines.all.get(2)).contains("http://10.1.2.3:10001 is clear text");
    }

    private static String trace(Runnable failing) {
        StringWriter text = new StringWriter();
        try {
            failing.run();
        } catch (PxBackupException e) {
            e.printStackTrace(new PrintWriter(text));
        }
        assertThat(text.toString()).isNotEmpty();
        return text.toString();
    }

    private static final class Lines extends AbstractAppender {
        private static final List<String> NAMES = List.of("org.apache.hc", "org.cloudstackbackup.pxbackup");

        private final List<String> all = new CopyOnWriteArrayList<>();

        Lines() {
            super("lines", null, null, true, Property.EMPTY_ARRAY);
        }

        /** Takes all that the client and its libraries log; the server's own log is not looked at. */
        static Lines listening(Level level) {
            Lines lines = new Lines();
            lines.start();
            for (String name : NAMES) {
                LoggerConfig own = new LoggerConfig(name, level, false);
                own.addAppender(lines, Level.ALL, null);
                context().getConfiguration().addLogger(name, own);
            }
            context().updateLoggers();
            return lines;
        }

        void end() {
            NAMES.forEach(context().getConfiguration()::removeLogger);
            context().updateLoggers();
            stop();
        }

        private static LoggerContext context() {
            return (LoggerContext) LogManager.getContext(false);
        }

        @Override
        public void append(LogEvent event) {
            all.add(event.getLoggerName() + " " + event.getMessage().getFormattedMessage());
        }
    }
}
