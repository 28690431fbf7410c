/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cloudstackbackup.emulator.http.Fault;
import org.cloudstackbackup.emulator.http.Fault.Kind;
import org.cloudstackbackup.emulator.http.Journal;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokensTest {
    private static final String ISSUER = "/auth/realms/master/protocol/openid-connect/token";

    private final Rig rig = Rig.of("3.1");
    private final PxBackupClient client = client("admin", "admin");

    private PxBackupClient client(String user, String password) {
        return rig.client(PxBackupConfig.of(
                        rig.emulator().url(), Login.password(rig.emulator().url(), user, password))
                .withLimits(Rig.LIMITS));
    }

    @AfterEach
    void stop() {
        client.close();
        rig.close();
    }

    private List<String> grants() {
        return rig.emulator().journal().entries("POST", ISSUER).stream()
                .map(Journal.Entry::body)
                .map(each -> each.contains("grant_type=refresh_token") ? "refresh" : "password")
                .toList();
    }

    @Test
    void aTokenServesManyCallsAndIsRenewedInTime() {
        client.version();
        client.version();
        assertThat(grants()).containsExactly("password");
        // The issuer's tokens last ten minutes; 80 % of that are eight.
        rig.emulator().advance(Duration.ofMinutes(7).plusSeconds(59));
        client.version();
        assertThat(grants()).hasSize(1);
        rig.emulator().advance(Duration.ofSeconds(2));
        client.version();
        assertThat(grants()).containsExactly("password", "refresh");
        assertThat(rig.emulator().journal().entries("GET", "/v1/version"))
                .extracting(Journal.Entry::status)
                .containsOnly(200);
    }

    @Test
    void renewalComesAtFourFifthsOrAMinuteBeforeTheEnd() {
        assertThat(IssuedTokens.age(Duration.ofHours(10))).isEqualTo(Duration.ofHours(8));
        assertThat(IssuedTokens.age(Duration.ofSeconds(200))).isEqualTo(Duration.ofSeconds(140));
        assertThat(IssuedTokens.age(Duration.ofSeconds(100))).isEqualTo(Duration.ofSeconds(80));
    }

    @Test
    void anExpiredTokenIsRenewedOnce() {
        client.version();
        rig.emulator().expireTokens(false);
        client.version();
        assertThat(grants()).containsExactly("password", "refresh");
        rig.emulator().expireTokens(true);
        client.version();
        assertThat(grants()).containsExactly("password", "refresh", "refresh", "password");
    }

    @Test
    void aTokenThatExpiresInTheMiddleOfACreationMakesNoSecondBackup() {
        rig.emulator().fault(Fault.on("POST", "/v1/backup", Kind.EXPIRED_TOKEN));
        client.backups().create(rig.machines("b1", "vm1"));
        assertThat(rig.emulator().names("backup")).containsExactly("b1");
    }

    @Test
    void aServerThatRefusesEveryTokenIsNotAskedForEver() {
        rig.emulator()
                .fault(Fault.on("GET", "/v1/version", Kind.STATUS)
                        .with("status", 401)
                        .times(0));
        assertThatThrownBy(client::version).isInstanceOfSatisfying(PxBackupException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.UNAUTHENTICATED);
            assertThat(e.grpcCode()).isEqualTo(16);
        });
        assertThat(rig.emulator().journal().entries("GET", "/v1/version")).hasSize(2);
    }

    @Test
    void manyThreadsRenewOnce() throws Exception {
        client.version();
        rig.emulator().expireTokens(false);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Version>> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                all.add(threads.submit(client::version));
            }
            for (Future<Version> each : all) {
                assertThat(each.get().major()).isEqualTo("3");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(grants()).containsExactly("password", "refresh");
    }

    @Test
    void wrongUsersAndTokensAreToldApartFromFailures() {
        try (PxBackupClient wrong = client("admin", "s3cret-and-wrong")) {
            assertThatThrownBy(wrong::version).isInstanceOfSatisfying(PxBackupException.class, e -> {
                assertThat(e.reason()).isEqualTo(Reason.UNAUTHENTICATED);
                assertThat(e)
                        .hasMessageContaining("user admin")
                        .hasMessageContaining("Invalid user credentials")
                        .hasMessageNotContaining("s3cret");
            });
        }
        assertThat(grants()).as("a wrong password is not tried again").hasSize(1);
        try (PxBackupClient wrong = rig.client(PxBackupConfig.of(rig.emulator().url(), Login.token("wrong-token"))
                .withLimits(Rig.LIMITS))) {
            assertThatThrownBy(wrong::version).isInstanceOfSatisfying(PxBackupException.class, e -> {
                assertThat(e.reason()).isEqualTo(Reason.UNAUTHENTICATED);
                assertThat(e.httpStatus()).isEqualTo(401);
                assertThat(e).hasMessageNotContaining("wrong-token");
            });
            wrong.health();
        }
    }

    @Test
    void anIssuerThatStaysDownIsGivenUpAfterTheUsualTries() {
        rig.emulator()
                .fault(Fault.on("POST", ISSUER, Kind.STATUS).with("status", 503).times(0));
        assertThatThrownBy(() -> client.backups().inspectAll(Parameters.none()))
                .isInstanceOfSatisfying(
                        PxBackupException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE));
        assertThat(grants()).hasSize(Rig.LIMITS.attempts());
    }

    @Test
    void anIssuerThatIsDownForAMomentIsAskedAgain() {
        rig.emulator()
                .fault(Fault.on("POST", ISSUER, Kind.STATUS)
                        .with("status", 503)
                        .with("form", "html")
                        .times(2));
        client.version();
        assertThat(grants()).hasSize(3);
        rig.emulator().advance(Duration.ofMinutes(9));
        rig.emulator()
                .fault(Fault.on("POST", ISSUER, Kind.STATUS).with("status", 503).times(4));
        client.version();
        assertThat(rig.emulator().journal().entries("GET", "/v1/version"))
                .as("the old token is still good")
                .hasSize(2)
                .extracting(Journal.Entry::status)
                .containsOnly(200);
    }
}
