/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.cert.CertificateExpiredException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.cloudstackbackup.emulator.http.Fault;
import org.cloudstackbackup.emulator.http.Fault.Kind;
import org.cloudstackbackup.emulator.pxbackup.PxBackupOptions;
import org.cloudstackbackup.pxbackup.driver.PxBackupSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTestTest {
    private static final List<String> STEPS = List.of(
            "settings",
            "dns",
            "tcp",
            "tls",
            "health",
            "token",
            "version",
            "organisation",
            "permission",
            "cluster",
            "location");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** The steps with status and detail. */
    private static Map<String, String> test(CommandRig rig, String... parameters) {
        JsonObject answer = rig.call(TestPxBackupConnectionCommand.class, parameters);
        Map<String, String> steps = new LinkedHashMap<>();
        for (JsonElement each : answer.getAsJsonArray("step")) {
            JsonObject step = each.getAsJsonObject();
            steps.put(
                    step.get("name").getAsString(),
                    step.get("status").getAsString() + ": " + step.get("detail").getAsString());
        }
        assertThat(steps.keySet()).containsExactlyElementsOf(STEPS);
        boolean failed = steps.values().stream().anyMatch(each -> each.startsWith("Failed"));
        assertThat(answer.get("success").getAsBoolean()).isEqualTo(!failed);
        assertThat(answer.toString()).doesNotContain(CommandRig.TOKEN);
        return steps;
    }

    /** That the step fails so, what comes before it does not, and nothing that builds on it is tried. */
    private static void failsAt(CommandRig rig, String step, String text) {
        Map<String, String> steps = test(rig);
        assertThat(steps.get(step)).as("%s", steps).startsWith("Failed: ").contains(text);
        int at = STEPS.indexOf(step);
        STEPS.subList(0, at)
                .forEach(each -> assertThat(steps.get(each)).as(each).doesNotStartWith("Failed"));
        if (at < STEPS.indexOf("cluster")) {
            STEPS.subList(at + 1, STEPS.size())
                    .forEach(each -> assertThat(steps.get(each)).as(each).startsWith("Skipped"));
        }
    }

    @Test
    void aGoodConnectionPassesEveryStep() {
        try (CommandRig rig = new CommandRig()) {
            Map<String, String> steps = test(rig);
            assertThat(steps.remove("tls")).startsWith("Skipped: The address is http");
            assertThat(steps.values()).allMatch(each -> each.startsWith("Ok: "));
            assertThat(steps.get("version")).contains("PX-Backup 3.1");
            assertThat(steps.get("cluster")).isEqualTo("Ok: cl is Online");
            assertThat(steps.get("location")).isEqualTo("Ok: bl is Valid");
        }
    }

    @Test
    void clusterAndLocationMayBeNamedByTheirUids() {
        try (CommandRig rig = new CommandRig()) {
            rig.set(PxBackupSettings.CLUSTER, rig.uid("cluster", "cl"));
            rig.set(PxBackupSettings.LOCATION, rig.uid("backup_location", "bl"));
            assertThat(test(rig).values()).noneMatch(each -> each.startsWith("Failed"));
        }
    }

    @Test
    void settingsThatCannotWorkAreNamed() {
        try (CommandRig rig = new CommandRig()) {
            rig.set(PxBackupSettings.TOKEN, "");
            failsAt(rig, "settings", PxBackupSettings.TOKEN);
            rig.set(PxBackupSettings.TOKEN, CommandRig.TOKEN);
            rig.set(PxBackupSettings.TLS_CA, folder.resolve("absent.pem").toString());
            failsAt(rig, "settings", "absent.pem");
        }
    }

    @Test
    void aNameUnknownToDnsAndAPortThatRefusesAreToldApart() throws IOException {
        int unused;
        try (ServerSocket socket = new ServerSocket(0)) {
            unused = socket.getLocalPort();
        }
        try (CommandRig rig = new CommandRig()) {
            rig.set(PxBackupSettings.URL, "http://px-backup.invalid:10001");
            failsAt(rig, "dns", "The host px-backup.invalid is unknown to DNS");
            rig.set(PxBackupSettings.URL, "http://127.0.0.1:" + unused);
            failsAt(rig, "tcp", "refused");
        }
    }

    @Test
    void aCertificateOfAnUnknownAuthorityAndOneOfAnotherHostAreToldApart() {
        try (CommandRig rig = new CommandRig(PxBackupOptions.forTests().withTls(folder, false))) {
            failsAt(rig, "tls", "not trusted: no known authority signed it; set the file of its authority in");
            rig.set(
                    PxBackupSettings.TLS_CA,
                    requireNonNull(rig.emulator().tlsFiles()).authority().toString());
            assertThat(test(rig)).containsEntry("tls", "Ok: The certificate is trusted");
            rig.set(PxBackupSettings.URL, rig.emulator().url().replaceFirst("//[^:/]+", "//0.0.0.0"));
            failsAt(rig, "tls", "for another host");
            rig.set(PxBackupSettings.TLS_VERIFY, "false");
            assertThat(test(rig).get("tls")).startsWith("Ok: Not verified");
        }
    }

    @Test
    void tlsToAPortWithoutItIsSaid() {
        try (CommandRig rig = new CommandRig()) {
            rig.set(PxBackupSettings.URL, rig.emulator().url().replace("http://", "https://"));
            failsAt(rig, "tls", "does not speak TLS");
        }
    }

    @Test
    void whatIsBehindATlsFailureIsSaidForPeople() {
        assertThat(TlsProblem.of(new SSLHandshakeException("PKIX path validation failed")
                        .initCause(new CertificateExpiredException("NotAfter: Fri Nov 20"))))
                .startsWith("The server's certificate has expired");
        assertThat(TlsProblem.of(new SSLPeerUnverifiedException("does not match")))
                .contains("another host");
        assertThat(TlsProblem.of(new SSLHandshakeException("Received fatal alert: bad_certificate")))
                .contains("wants a client certificate");
        assertThat(TlsProblem.of(new SSLHandshakeException("odd"))).isEqualTo("TLS failed (odd)");
    }

    @Test
    void wrongTokensAndPasswordsAndAnIssuerThatIsDownFailAtTheToken() {
        try (CommandRig rig = new CommandRig()) {
            rig.set(PxBackupSettings.TOKEN, "wrong");
            failsAt(rig, "token", "401");
            rig.set(PxBackupSettings.TOKEN, "");
            rig.set(PxBackupSettings.USER, "admin");
            rig.set(PxBackupSettings.PASSWORD, "admin");
            rig.set(PxBackupSettings.AUTH_URL, rig.emulator().url());
            assertThat(test(rig).get("token")).startsWith("Ok: PX-Central gives user admin a token");
            rig.set(PxBackupSettings.PASSWORD, "wrong");
            failsAt(rig, "token", "Invalid user credentials");
            rig.set(PxBackupSettings.AUTH_URL, "http://px-central.invalid");
            failsAt(rig, "token", "px-central.invalid");
        }
    }

    @Test
    void aServerThatIsTooOldOrNoPxBackupFailsAtTheVersion() {
        try (CommandRig rig = new CommandRig()) {
            rig.emulator()
                    .fault(Fault.on("GET", "/v1/version", Kind.STATUS)
                            .with("status", 200)
                            .with("body", "{\"version\":{\"major\":\"2\",\"minor\":\"7\"}}"));
            failsAt(rig, "version", "2.7.0 is too old; 2.8.0 is the oldest");
            rig.emulator()
                    .fault(Fault.on("GET", "/v1/version", Kind.STATUS)
                            .with("status", 200)
                            .with("body", "{}"));
            failsAt(rig, "version", "is it PX-Backup?");
        }
    }

    @Test
    void aServerThatIsDownForNowFailsAtItsHealth() {
        try (CommandRig rig = new CommandRig()) {
            rig.emulator().fault(Fault.on("GET", "/v1/health", Kind.STATUS).with("status", 503));
            failsAt(rig, "health", "503");
        }
    }

    @Test
    void aUserWithoutPermissionFailsAtThePermission() {
        try (CommandRig rig = new CommandRig()) {
            rig.emulator().fault(Fault.on("GET", "/v1/cluster/.*", Kind.STATUS).with("status", 403));
            failsAt(rig, "permission", "403");
        }
    }

    @Test
    void whatIsNotThereIsToldWithWhatIs() {
        try (CommandRig rig = new CommandRig()) {
            rig.set(PxBackupSettings.CLUSTER, "other");
            failsAt(rig, "cluster", "There is no other; see setting " + PxBackupSettings.CLUSTER + "; known are cl");
            rig.set(PxBackupSettings.CLUSTER, "");
            failsAt(rig, "cluster", "Setting " + PxBackupSettings.CLUSTER + " is empty; known are cl");
            rig.set(PxBackupSettings.CLUSTER, "cl");
            rig.set(PxBackupSettings.LOCATION, "other");
            failsAt(rig, "location", "There is no other");
            rig.set(PxBackupSettings.LOCATION, "bl");
            rig.emulator().status("cluster", "cl", "Offline");
            failsAt(rig, "cluster", "cl is Offline, not Online");
            assertThat(test(rig, "orgid=nowhere").get("organisation"))
                    .startsWith("Failed: There is no nowhere; see setting " + PxBackupSettings.ORGANISATION)
                    .contains("default");
        }
    }

    @Test
    void aLocationIsGoodForTheTestWhenItIsForTheDriver() {
        try (CommandRig rig = new CommandRig()) {
            rig.emulator().status("backup_location", "bl", "LimitedAvailability");
            assertThat(test(rig).get("location")).isEqualTo("Ok: bl is LimitedAvailability");
        }
    }

    @Test
    void aNameThatSeveralHaveIsNoName() {
        try (CommandRig rig = new CommandRig()) {
            String uid = rig.uid("cluster", "cl");
            rig.emulator().addCluster(uid, "UTC");
            rig.set(PxBackupSettings.CLUSTER, uid);
            failsAt(rig, "cluster", "2 are called " + uid + "; give the uid of one");
        }
    }
}
