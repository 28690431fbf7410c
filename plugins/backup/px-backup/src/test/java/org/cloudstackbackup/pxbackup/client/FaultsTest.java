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

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cloudstackbackup.emulator.http.Fault;
import org.cloudstackbackup.emulator.http.Fault.Kind;
import org.cloudstackbackup.emulator.pxbackup.Mishap;
import org.cloudstackbackup.emulator.pxbackup.User;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
    private static final String LIST = "/v1/backup/default";
    /** Longer than a healthy answer of a busy machine takes. */
    private static final Duration HASTY = Duration.ofSeconds(2);

    private final Rig rig = Rig.of("3.1");
    private final Backups backups = rig.client().backups();

    FaultsTest() {
        rig.client().line();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private void status(String method, String path, int status, int times) {
        rig.emulator()
                .fault(Fault.on(method, path, Kind.STATUS)
                        .with("status", status)
                        .times(times));
    }

    private int requests(String method, String path) {
        return rig.emulator().journal().entries(method, path).size();
    }

    private static void fails(ThrowingCallable call, Reason reason) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PxBackupException.class,
                        e -> assertThat(e.reason()).as(e.toString()).isEqualTo(reason));
    }

    private void list() {
        backups.inspectAll(Parameters.none());
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void aReadIsTriedAgainAfterWhatPasses(int status) {
        status("GET", LIST, status, 3);
        list();
        assertThat(requests("GET", LIST)).isEqualTo(4);
        assertThat(rig.pauses()).hasSize(3).allSatisfy(each -> assertThat(each).isPositive());
        assertThat(rig.pauses().get(2)).isGreaterThan(rig.pauses().get(0));
    }

    @ParameterizedTest
    @CsvSource({"400,REFUSED", "403,FORBIDDEN", "404,NOT_FOUND", "409,CONFLICT", "501,UNSUPPORTED_BY_SERVER"})
    void whatLastsIsNotTriedAgain(int status, Reason reason) {
        status("GET", LIST, status, 0);
        fails(this::list, reason);
        assertThat(requests("GET", LIST)).isEqualTo(1);
    }

    @Test
    void triesHaveAnEnd() {
        status("GET", LIST, 503, 0);
        fails(this::list, Reason.UNAVAILABLE);
        assertThat(requests("GET", LIST)).isEqualTo(4);
    }

    @Test
    void theServerSaysHowLongToWait() {
        rig.emulator()
                .fault(Fault.on("GET", LIST, Kind.STATUS).with("status", 429).with("retryafter", 7));
        list();
        assertThat(rig.pauses())
                .singleElement()
                .satisfies(each -> assertThat(each).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(8)));
        rig.emulator()
                .fault(Fault.on("GET", LIST, Kind.STATUS).with("status", 429).with("retryafter", 3600));
        fails(this::list, Reason.THROTTLED);
    }

    @Test
    void aChangeIsTriedAgainButNotAfterAnErrorInside() {
        BackupObject backup = rig.finished("b1", "vm1");
        Parameters changed = Rig.of(backup).with("labels", java.util.Map.of("a", "b"));
        status("PUT", "/v1/backup", 503, 1);
        backups.update(changed);
        assertThat(requests("PUT", "/v1/backup")).isEqualTo(2);
        status("PUT", "/v1/backup", 500, 1);
        fails(() -> backups.update(changed), Reason.SERVER_ERROR);
    }

    @Test
    void aDeletionWhoseAnswerIsLostIsDone() {
        BackupScheduleObject schedule = rig.client().schedules().create(rig.schedule("gold", "vm1"));
        rig.pass(120);
        rig.emulator().fault(Fault.on("DELETE", "/v1/backupschedule/.*", Kind.CUT_AFTER));
        rig.client().schedules().delete(Rig.of(schedule));
        assertThat(requests("DELETE", "/v1/backupschedule/.*")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"CUT_AFTER", "CUT_BEFORE", "RESET", "TRUNCATED", "MALFORMED"})
    void aLostAnswerStillMakesOneBackupOneScheduleAndOneRestore(Kind kind) {
        BackupObject source = rig.finished("source", "vm1");
        rig.emulator().fault(Fault.on("POST", "/v1/backup", kind));
        rig.emulator().fault(Fault.on("POST", "/v1/backupschedule", kind));
        rig.emulator().fault(Fault.on("POST", "/v1/restore", kind));
        BackupObject backup = backups.create(rig.machines("b1", "vm1"));
        assertThat(backup.uid()).isEqualTo(rig.emulator().uid("backup", "b1"));
        BackupScheduleObject schedule = rig.client().schedules().create(rig.schedule("gold", "vm1"));
        assertThat(schedule.uid()).isEqualTo(rig.emulator().uid("backup_schedule", "gold"));
        RestoreObject restore = rig.client().restores().create(RestoresTest.parameters(rig, "r1", source));
        assertThat(restore.uid()).isEqualTo(rig.emulator().uid("restore", "r1"));
        assertThat(rig.emulator().names("restore")).containsExactly("r1");
    }

    @Test
    void aSuccessWithoutABackupIsNoSuccess() {
        rig.emulator().fault(Fault.on("POST", "/v1/backup", Kind.EMPTY_SUCCESS));
        fails(() -> backups.create(rig.machines("b1", "vm1")), Reason.MALFORMED);
        assertThat(rig.emulator().names("backup")).isEmpty();
    }

    @Test
    void aLostAnswerToARetryStillMakesOneBackup() {
        rig.emulator().mishap(Mishap.of(Mishap.Kind.FAIL_VOLUME, "b1", "vm2-data"));
        BackupObject backup = rig.finished("b1", "vm1", "vm2");
        rig.emulator().fault(Fault.on("PUT", "/v1/backup/retryBackupResources", Kind.CUT_AFTER));
        BackupObject again = backups.retryResources(Rig.of(backup));
        assertThat(rig.emulator().names("backup")).containsExactly("b1", again.name());
    }

    @Test
    void aNameThatIsTakenIsAConflictAndNotOurs() {
        rig.finished("b1", "vm1");
        fails(() -> backups.create(rig.machines("b1", "vm1")), Reason.CONFLICT);
        rig.emulator().fault(Fault.on("POST", "/v1/backup", Kind.CUT_BEFORE));
        fails(() -> backups.create(rig.machines("b1", "vm1")), Reason.CONFLICT);
    }

    @Test
    void anotherOwnersBackupOfTheSameNameIsNotTakenForOurs() {
        rig.emulator().addUser(new User("id-ann", "ann", "secret", Set.of(), Set.of(User.SUPER_ADMIN), true));
        try (PxBackupClient ann = rig.client(PxBackupConfig.of(
                        rig.emulator().url(), Login.token(rig.emulator().issueToken("ann")))
                .withLimits(Rig.LIMITS))) {
            BackupObject hers = ann.backups().create(rig.machines("b1", "vm1"));
            rig.emulator().fault(Fault.on("POST", "/v1/backup", Kind.CUT_BEFORE));
            BackupObject ours = backups.create(rig.machines("b1", "vm1"));
            assertThat(ours.uid()).isNotEqualTo(hers.uid());
            assertThat(rig.emulator().names("backup")).containsExactly("b1", "b1");
        }
    }

    @Test
    void aWaitThatIsInterruptedEndsAndSaysSo() {
        status("GET", LIST, 503, 0);
        try (PxBackupClient stopped = new PxBackupClient(
                PxBackupConfig.of(rig.emulator().url(), Login.token(Rig.TOKEN)).withLimits(Rig.LIMITS),
                rig.clock(),
                length -> {
                    throw new InterruptedException();
                })) {
            fails(() -> stopped.backups().inspectAll(Parameters.none()), Reason.INTERRUPTED);
            assertThat(Thread.interrupted()).as("the flag is restored").isTrue();
        }
    }

    @Test
    void whenTheLookUpFailsTooTheCallerIsToldThatNobodyKnows() {
        rig.emulator().fault(Fault.on("POST", "/v1/backup", Kind.CUT_AFTER));
        status("GET", LIST, 503, 0);
        assertThatThrownBy(() -> backups.create(rig.machines("b1", "vm1")))
                .isInstanceOf(PxBackupException.class)
                .hasMessageContaining("whether it was done is unknown");
        assertThat(requests("POST", "/v1/backup")).isEqualTo(1);
    }

    @Test
    void aServerThatHangsIsGivenUp() {
        try (PxBackupClient hasty = rig.client(PxBackupConfig.of(rig.emulator().url(), Login.token(Rig.TOKEN))
                .withLimits(
                        Rig.LIMITS.withTimeouts(Duration.ofSeconds(5), HASTY).withAttempts(2)))) {
            hasty.line();
            rig.emulator()
                    .fault(Fault.on("GET", LIST, Kind.SLOW)
                            .with("millis", 20_000)
                            .times(0));
            fails(() -> hasty.backups().inspectAll(Parameters.none()), Reason.TIMEOUT);
            assertThat(requests("GET", LIST)).isLessThanOrEqualTo(2);
            rig.emulator().faults().clear();
            rig.emulator()
                    .fault(Fault.on("GET", LIST, Kind.STALL)
                            .with("bytes", 1)
                            .with("millis", 20_000)
                            .times(0));
            fails(() -> hasty.backups().inspectAll(Parameters.none()), Reason.TIMEOUT);
        }
    }

    @Test
    void anAnswerThatTricklesForEverIsGivenUp() {
        rig.finished("b1", "vm1");
        try (PxBackupClient hasty = rig.client(PxBackupConfig.of(rig.emulator().url(), Login.token(Rig.TOKEN))
                .withLimits(
                        Rig.LIMITS.withTimeouts(Duration.ofSeconds(5), HASTY).withAttempts(1)))) {
            hasty.line();
            rig.emulator()
                    .fault(Fault.on("GET", LIST, Kind.TRICKLE).with("bytes", 1).with("millis", 200));
            fails(() -> hasty.backups().inspectAll(Parameters.none()), Reason.TIMEOUT);
        }
    }

    @Test
    void anAnswerWithoutEndIsNotRead() {
        try (PxBackupClient small = rig.client(PxBackupConfig.of(rig.emulator().url(), Login.token(Rig.TOKEN))
                .withLimits(Rig.LIMITS.withAnswerBytes(1 << 20)))) {
            small.line();
            rig.emulator().fault(Fault.on("GET", LIST, Kind.HUGE).with("bytes", 2L << 30));
            fails(() -> small.backups().inspectAll(Parameters.none()), Reason.TOO_LARGE);
            small.backups().inspectAll(Parameters.none());
        }
    }

    @Test
    void whatIsNoJsonIsMalformed() {
        for (Kind kind : List.of(Kind.MALFORMED, Kind.TRUNCATED)) {
            rig.emulator().fault(Fault.on("GET", LIST, kind));
            fails(this::list, Reason.MALFORMED);
        }
    }

    @Test
    void pagesAndPlainTextAreUnderstood() {
        rig.emulator()
                .fault(Fault.on("GET", "/v1/backup/default/x", Kind.STATUS)
                        .with("status", 503)
                        .with("form", "html")
                        .with("message", "no upstream")
                        .times(0));
        assertThatThrownBy(() -> backups.inspectOne(Parameters.of("x", "y")))
                .isInstanceOfSatisfying(PxBackupException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
                    assertThat(e.serverText()).contains("no upstream").doesNotContain("<");
                    assertThat(e.grpcCode()).isEqualTo(-1);
                });
        rig.emulator()
                .fault(Fault.on("GET", "/v1/backup/default/z", Kind.STATUS)
                        .with("status", 404)
                        .with("form", "text")
                        .with("message", "Not Found"));
        fails(() -> backups.inspectOne(Parameters.of("z", "y")), Reason.UNSUPPORTED_BY_SERVER);
        assertThat(requests("GET", "/v1/version")).as("the line is asked again").isEqualTo(2);
    }

    @Test
    void whatComesWithLaterLinesIsTolerated() {
        rig.finished("b1", "vm1");
        rig.emulator().fault(Fault.on("GET", LIST, Kind.UNKNOWN_ENUM).with("value", "Sleeping"));
        BackupObject seen = backups.inspectAll(Parameters.none()).get(0);
        assertThat(seen.state()).isEqualTo(BackupState.UNKNOWN);
        assertThat(requireNonNull(requireNonNull(seen.backupInfo()).status()).status())
                .isEqualTo("Sleeping");
        rig.emulator().fault(Fault.on("GET", LIST, Kind.EXTRA_FIELDS));
        assertThat(backups.inspectAll(Parameters.none())).hasSize(1);
        rig.emulator().fault(Fault.on("GET", LIST, Kind.UNQUOTED_NUMBERS));
        assertThat(requireNonNull(backups.inspectAll(Parameters.none()).get(0).backupInfo())
                        .totalSize())
                .isPositive();
    }

    @Test
    void aListThatIsSilentlyEmptyIsNoEmptyList() {
        rig.finished("b1", "vm1");
        rig.emulator().fault(Fault.on("GET", LIST, Kind.MISSING_KEY).with("key", "backups"));
        fails(this::list, Reason.MALFORMED);
        rig.emulator().fault(Fault.on("GET", LIST, Kind.EMPTY_SUCCESS));
        assertThat(backups.inspectAll(Parameters.none())).hasSize(1);
    }

    @Test
    void aServerThatRestartsIsAwaited() throws InterruptedException {
        rig.finished("b1", "vm1");
        Thread restart = new Thread(() -> rig.emulator().restart(Duration.ofMillis(300)));
        try (PxBackupClient patient = new PxBackupClient(
                PxBackupConfig.of(rig.emulator().url(), Login.token(Rig.TOKEN)).withLimits(Rig.LIMITS.withAttempts(60)),
                rig.clock(),
                length -> Thread.sleep(Math.min(100, length.toMillis())))) {
            patient.line();
            restart.start();
            for (int i = 0; i < 20; i++) {
                assertThat(patient.backups().inspectAll(Parameters.none())).hasSize(1);
            }
        } finally {
            restart.join();
        }
    }

    @Test
    void anUnknownHostAndAClosedPortAreToldApart() {
        PxBackupConfig.Limits once = Rig.LIMITS.withAttempts(1);
        try (PxBackupClient nowhere =
                rig.client(PxBackupConfig.of("http://no-such-host.invalid:10001", Login.token("x"))
                        .withLimits(once))) {
            fails(nowhere::health, Reason.UNKNOWN_HOST);
        }
        int port = rig.emulator().port();
        rig.emulator().close();
        try (PxBackupClient closed = rig.client(
                PxBackupConfig.of("127.0.0.1:" + port, Login.token("x")).withLimits(once))) {
            fails(closed::health, Reason.UNREACHABLE);
        }
    }

    @Test
    void aServerThatWasReplacedByAnotherLineIsSpokenToInItsOwn() {
        try (Rig older = Rig.of("2.9")) {
            ObjectRef policy = older.ref("schedule_policy", "every-15");
            older.emulator()
                    .fault(Fault.on("GET", "/v1/version", Kind.STATUS)
                            .with("status", 200)
                            .with("body", "{\"version\":{\"major\":\"3\",\"minor\":\"1\",\"patch\":\"0\"}}"));
            assertThat(older.client().line()).isEqualTo(new ServerLine(3, 1, 0));
            assertThat(requireNonNull(older.client()
                                    .catalogue()
                                    .schedulePolicy(policy)
                                    .metadata())
                            .name())
                    .isEqualTo("every-15");
            assertThat(older.client().line()).isEqualTo(new ServerLine(2, 9, 0));
        }
    }
}
