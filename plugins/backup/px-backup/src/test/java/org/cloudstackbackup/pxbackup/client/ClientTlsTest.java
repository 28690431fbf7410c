/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cloudstackbackup.emulator.http.TlsFiles;
import org.cloudstackbackup.emulator.pxbackup.PxBackupOptions;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientTlsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Rig start(boolean askForCertificate) {
        return new Rig(PxBackupOptions.forTests().withTls(folder, askForCertificate));
    }

    private static PxBackupClient client(Rig rig, Tls tls) {
        return rig.client(PxBackupConfig.of(rig.emulator().url(), Login.token(Rig.TOKEN))
                .withTls(tls)
                .withLimits(Rig.LIMITS));
    }

    private static void fails(ThrowingCallable call, Reason reason) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PxBackupException.class,
                        e -> assertThat(e.reason()).as(e.toString()).isEqualTo(reason));
    }

    @Test
    void oneHandshakeServesManyCallsWithItsAuthority() {
        try (Rig rig = start(false);
                PxBackupClient client = client(rig, Tls.trusting(files(rig).authority()))) {
            for (int i = 0; i < 10; i++) {
                client.version();
            }
            assertThat(rig.emulator().handshakes()).isEqualTo(1);
        }
    }

    @Test
    void anUnknownAuthorityIsRefusedAtOnceUnlessVerificationIsOff() {
        try (Rig rig = start(false);
                PxBackupClient system = client(rig, Tls.STANDARD);
                PxBackupClient wrong = client(rig, Tls.trusting(files(rig).strangerCertificate()));
                PxBackupClient insecure = client(rig, Tls.insecure())) {
            fails(system::version, Reason.TLS);
            fails(wrong::version, Reason.TLS);
            assertThat(rig.pauses()).as("no other try").isEmpty();
            assertThat(insecure.version().major()).isEqualTo("3");
        }
    }

    @Test
    void theClientShowsItsCertificate() {
        try (Rig rig = start(true)) {
            TlsFiles files = files(rig);
            Tls trusting = Tls.trusting(files.authority());
            try (PxBackupClient known =
                    client(rig, trusting.withClientCertificate(files.clientCertificate(), files.clientKey()))) {
                assertThat(known.version().major()).isEqualTo("3");
            }
            try (PxBackupClient none = client(rig, trusting)) {
                assertThatThrownBy(none::version).isInstanceOf(PxBackupException.class);
            }
            try (PxBackupClient stranger =
                    client(rig, trusting.withClientCertificate(files.strangerCertificate(), files.strangerKey()))) {
                assertThatThrownBy(stranger::version).isInstanceOf(PxBackupException.class);
            }
        }
    }

    @Test
    void theTokenIssuerHasItsOwnTrust() {
        try (Rig rig = start(false)) {
            Tls good = Tls.trusting(files(rig).authority());
            PxBackupConfig config = PxBackupConfig.of(
                            rig.emulator().url(), Login.password(rig.emulator().url() + "/auth/", "admin", "admin"))
                    .withTls(good)
                    .withLimits(Rig.LIMITS);
            try (PxBackupClient both = rig.client(config);
                    PxBackupClient apiOnly = rig.client(config.withAuthTls(Tls.STANDARD))) {
                assertThat(both.version().major()).isEqualTo("3");
                fails(apiOnly::version, Reason.TLS);
            }
        }
    }

    @Test
    void filesThatCannotBeUsedAreNamed() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        Path absent = folder.resolve("absent.pem");
        try (Rig rig = start(true)) {
            TlsFiles files = files(rig);
            assertThatThrownBy(() -> client(rig, Tls.trusting(empty))).hasMessageContaining("ca_cert " + empty);
            assertThatThrownBy(() -> client(rig, Tls.trusting(absent))).hasMessageContaining("ca_cert " + absent);
            assertThatThrownBy(() -> client(rig, Tls.STANDARD.withClientCertificate(files.clientCertificate(), empty)))
                    .hasMessageContaining("client_key " + empty + " is no PKCS #8 key");
            assertThatThrownBy(() -> new Tls(true, null, files.clientCertificate(), null))
                    .hasMessageContaining("client_key is missing");
        }
    }

    private static TlsFiles files(Rig rig) {
        return requireNonNull(rig.emulator().tlsFiles());
    }
}
