/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.cloudstackbackup.emulator.http.Fault;
import org.cloudstackbackup.emulator.http.Fault.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultTest {
    private static final String LIST = "/v1/backup/default";
    private final Rig rig = Rig.of("3.1");
    private final Client client = rig.client().unchecked();

    @AfterEach
    void stop() {
        rig.close();
    }

    private void fault(Fault fault) {
        rig.emulator().fault(fault);
    }

    private static Fault get(Kind kind) {
        return Fault.on("GET", LIST, kind);
    }

    @ParameterizedTest
    @CsvSource({"400,3", "403,7", "404,5", "409,6", "429,8", "500,13", "501,12", "503,14", "504,4"})
    void aStatusComesInTheEnvelope(int status, int code) {
        fault(get(Kind.STATUS).with("status", status).with("message", "told so"));
        assertThat(client.get(LIST).refused(status, code).at("error")).isEqualTo("told so");
        client.get(LIST).ok();
    }

    @Test
    void aStatusCanCarryACodeAHeaderAPageOrABody() {
        fault(get(Kind.STATUS).with("status", 409).with("code", 10));
        client.get(LIST).refused(409, 10);
        fault(get(Kind.STATUS).with("status", 429).with("retryafter", 7));
        assertThat(client.get(LIST).refused(429, 8).response().headers().firstValue("Retry-After"))
                .hasValue("7");
        fault(get(Kind.STATUS)
                .with("status", 502)
                .with("message", "Bad Gateway")
                .with("form", "html"));
        Client.Reply page = client.get(LIST);
        assertThat(page.status()).isEqualTo(502);
        assertThat(page.text()).contains("<h1>502 Bad Gateway</h1>");
        fault(get(Kind.STATUS).with("status", 404).with("message", "Not Found").with("form", "text"));
        assertThat(client.get(LIST).text()).isEqualTo("Not Found");
        fault(Fault.on("POST", "/auth/.*", Kind.STATUS)
                .with("status", 401)
                .with("body", "{\"error\":\"invalid_client\"}"));
        assertThat(client.post("/auth/realms/master/protocol/openid-connect/token", "")
                        .text())
                .isEqualTo("{\"error\":\"invalid_client\"}");
    }

    @Test
    void aRuleHitsTheNthAndSoManyAfterIt() {
        fault(get(Kind.STATUS).nth(3).times(2));
        fault(Fault.on("PUT", ".*", Kind.STATUS).times(0));
        assertThat(IntStream.range(0, 6).mapToObj(i -> client.get(LIST).status()))
                .containsExactly(200, 200, 500, 500, 200, 200);
        assertThat(IntStream.range(0, 3)
                        .mapToObj(i -> client.put("/v1/backup", "{}").status()))
                .containsExactly(500, 500, 500);
        rig.emulator().faults().clear();
        assertThat(client.put("/v1/backup", "{}").status()).isEqualTo(400);
    }

    @Test
    void aRuleCanHitByChanceAndAlwaysTheSame() {
        List<Integer> first = draw();
        rig.emulator().faults().clear();
        assertThat(draw()).isEqualTo(first).contains(200, 500);
    }

    private List<Integer> draw() {
        fault(get(Kind.STATUS).times(0).probability(0.5));
        return IntStream.range(0, 20).mapToObj(i -> client.get(LIST).status()).toList();
    }

    @Test
    void anExpiredTokenStaysExpired() {
        String token = rig.emulator().issueToken("admin");
        fault(get(Kind.EXPIRED_TOKEN).nth(2));
        client.as(token).get(LIST).ok();
        client.as(token).get(LIST).refused(401, 16);
        client.as(token).get(LIST).refused(401, 16);
        client.as(rig.emulator().issueToken("admin")).get(LIST).ok();
    }

    @Test
    void anAnswerCanBeLostBeforeOrAfterTheDeed() {
        fault(Fault.on("POST", "/v1/backup", Kind.CUT_BEFORE));
        fault(Fault.on("POST", "/v1/backup", Kind.CUT_AFTER).nth(2));
        assertThatThrownBy(() -> client.tried("POST", "/v1/backup", body("b1"))).isInstanceOf(IOException.class);
        assertThat(rig.emulator().names("backup")).isEmpty();
        assertThatThrownBy(() -> client.tried("POST", "/v1/backup", body("b2"))).isInstanceOf(IOException.class);
        assertThat(rig.emulator().names("backup")).containsExactly("b2");
        assertThat(client.call("POST", "/v1/backup", body("b2")).status()).isEqualTo(409);
    }

    private String body(String name) {
        return rig.body(name, "", "vm1").replace('\'', '"');
    }

    @Test
    void aSuccessCanBeEmptyAndNothingDone() {
        fault(Fault.on("POST", "/v1/backup", Kind.EMPTY_SUCCESS));
        assertThat(client.call("POST", "/v1/backup", body("b1")).ok().text()).isEqualTo("{}");
        assertThat(rig.emulator().names("backup")).isEmpty();
    }

    @Test
    void anAnswerCanEndInTheMiddle() {
        fault(get(Kind.RESET));
        assertThatThrownBy(() -> client.tried("GET", LIST, "")).isInstanceOf(IOException.class);
        fault(get(Kind.TRUNCATED).with("bytes", 4));
        assertThat(client.get(LIST).ok().text()).hasSize(4);
        fault(get(Kind.STALL).with("bytes", 2).with("millis", 20));
        assertThatThrownBy(() -> client.tried("GET", LIST, "")).isInstanceOf(IOException.class);
        client.get(LIST).ok();
    }

    @Test
    void anAnswerCanBeGarbage() {
        rig.finished("b1", "vm1");
        fault(get(Kind.MALFORMED));
        String text = client.get(LIST).ok().text();
        assertThatThrownBy(() -> JsonParser.parseString(text)).isInstanceOf(JsonParseException.class);
        fault(get(Kind.UNKNOWN_ENUM));
        assertThat(client.get(LIST).ok().text())
                .contains("\"status\":{\"status\":\"Exploded\"}")
                .doesNotContain("Success");
        fault(get(Kind.EXTRA_FIELDS));
        assertThat(client.get(LIST).ok().json().get("a_new_field").getAsString())
                .isEqualTo("unknown");
        fault(get(Kind.UNQUOTED_NUMBERS));
        assertThat(client.get(LIST)
                        .ok()
                        .json()
                        .getAsJsonPrimitive("total_count")
                        .isNumber())
                .isTrue();
        fault(get(Kind.MISSING_KEY).with("key", "backups"));
        assertThat(client.get(LIST).ok().has("backups")).isFalse();
        assertThat(client.get(LIST)
                        .ok()
                        .json()
                        .getAsJsonPrimitive("total_count")
                        .isString())
                .isTrue();
    }

    @Test
    void anAnswerCanBeSlow() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(rig.emulator().url() + LIST))
                .header("Authorization", "Bearer " + Rig.TOKEN)
                .timeout(Duration.ofMillis(300))
                .build();
        fault(get(Kind.SLOW).with("millis", 2000));
        assertThatThrownBy(() -> HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(HttpTimeoutException.class);
        fault(get(Kind.TRICKLE).with("bytes", 5).with("millis", 1));
        assertThat(client.get(LIST).ok().has("complete")).isTrue();
    }

    @Test
    void anAnswerCanBeHuge() throws Exception {
        fault(get(Kind.HUGE).with("bytes", 3_000_000));
        HttpRequest request = HttpRequest.newBuilder(URI.create(rig.emulator().url() + LIST))
                .header("Authorization", "Bearer " + Rig.TOKEN)
                .build();
        HttpResponse<InputStream> answer =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = answer.body()) {
            assertThat(in.readAllBytes().length).isBetween(3_000_000, 3_100_000);
        }
    }

    @Test
    void aClientMayLeaveAHugeAnswer() throws Exception {
        fault(get(Kind.HUGE));
        HttpRequest request = HttpRequest.newBuilder(URI.create(rig.emulator().url() + LIST))
                .header("Authorization", "Bearer " + Rig.TOKEN)
                .build();
        try (InputStream in = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofInputStream())
                .body()) {
            assertThat(in.readNBytes(100)).hasSize(100);
        }
        client.get(LIST).ok();
    }

    @Test
    void theServerCanRestartAndKeepsItsState() {
        rig.backup("b1", "vm1").ok();
        rig.pass(4);
        int port = rig.emulator().port();
        rig.emulator().restart(Duration.ZERO);
        assertThat(rig.emulator().port()).isEqualTo(port);
        rig.pass(60);
        assertThat(rig.status("b1")).isEqualTo("Success");
    }

    @Test
    void theJournalTellsWhatWasAskedAndWhatWentWrong() {
        rig.emulator().journal().clear();
        fault(get(Kind.CUT_BEFORE).nth(2).times(0)); // Java's client repeats a GET by itself
        client.get(LIST + "?enumerate_options.max_objects=1").ok();
        assertThatThrownBy(() -> client.tried("GET", LIST, "")).isInstanceOf(IOException.class);
        var entries = rig.emulator().journal().entries("GET", LIST);
        assertThat(entries.get(0).query()).isEqualTo("enumerate_options.max_objects=1");
        assertThat(entries.get(0).status()).isEqualTo(200);
        assertThat(entries.get(1).fault()).isEqualTo("cut-before");
        assertThat(entries.get(1).status()).isZero();
        assertThat(rig.emulator().journal().micros()).isPositive();
    }

    @Test
    void aRuleThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> get(Kind.SLOW).with("status", 1)).hasMessageContaining("slow");
        assertThatThrownBy(() -> get(Kind.SLOW).nth(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> get(Kind.SLOW).probability(2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fault.on("(", ".*", Kind.SLOW)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        Fault.of(JsonParser.parseString("{\"kind\":\"boom\"}").getAsJsonObject()))
                .hasMessageContaining("cut-after");
        assertThatThrownBy(() -> new Mishap(Mishap.Kind.ABORT, "(", "", "", 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void connectionsAreCounted() {
        rig.emulator().restart(Duration.ZERO);
        long before = rig.emulator().connections();
        IntStream.range(0, 10).forEach(i -> client.get(LIST).ok());
        assertThat(rig.emulator().connections() - before)
                .as("one connection serves them all")
                .isEqualTo(1);
    }
}
