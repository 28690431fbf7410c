/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init")
final class LoginTest {
    private static final String UNVERIFIED =
            "{\"listthingsresponse\":{\"uuidList\":[],\"errorcode\":401,\"errortext\":\"unable to verify user credentials\"}}";

    private RunningApi api;

    @BeforeEach
    void start() throws IOException {
        api = new RunningApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static String key(HttpResponse<String> login) {
        return loginResponse(login).get("sessionkey").getAsString();
    }

    private static JsonObject loginResponse(HttpResponse<String> login) {
        return JsonParser.parseString(login.body()).getAsJsonObject().getAsJsonObject("loginresponse");
    }

    private HttpResponse<String> inSession(String command, String key, String cookies) {
        return api.get(RunningApi.params(command, "sessionkey", key), "Cookie", cookies);
    }

    @Test
    void loginTellsWhoCameAndOpensASession() {
        HttpResponse<String> reply = api.login("admin", "admin");

        assertThat(reply.statusCode()).isEqualTo(200);
        JsonObject told = loginResponse(reply);
        String key = key(reply);
        assertThat(told)
                .isEqualTo(JsonParser.parseString(
                        "{\"username\":\"admin\",\"userid\":\"user-2\",\"domainid\":\"domain-1\","
                                + "\"timeout\":1800,\"account\":\"admin\",\"firstname\":\"First\",\"lastname\":\"Last\","
                                + "\"type\":\"1\",\"timezone\":\"UTC\",\"timezoneoffset\":\"0.0\",\"registered\":\"false\","
                                + "\"sessionkey\":\"" + key
                                + "\",\"is2faenabled\":\"false\",\"is2faverified\":\"true\","
                                + "\"managementserverid\":\"node-1\"}"));
        assertThat(reply.headers().allValues("Set-Cookie"))
                .anyMatch(cookie -> cookie.startsWith("JSESSIONID=") && cookie.contains("HttpOnly"))
                .anyMatch(cookie ->
                        cookie.startsWith("sessionkey=" + key + ";") && cookie.contains("HttpOnly; SameSite=Lax"));
        assertThat(inSession("listThings", key, RunningApi.cookies(reply)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void onlyRootAdminsAreToldTheServersId() {
        assertThat(loginResponse(api.login("user", "user")).has("managementserverid"))
                .isFalse();
    }

    @Test
    void loginByGetIsRefusedInPlainText() {
        HttpResponse<String> reply = api.get(RunningApi.params("login", "username", "admin", "password", "admin"));

        assertThat(reply.statusCode()).isEqualTo(405);
        assertThat(reply.headers().firstValue("Content-Type")).contains("text/plain;charset=utf-8");
        assertThat(reply.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(api.passwordChecks).hasValue(0);
    }

    @Test
    void theNamesOfLoginAndLogoutIgnoreCase() {
        HttpResponse<String> reply =
                api.post(Map.of("command", "LOGIN", "username", "user", "password", "user", "response", "json"));
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(inSession("LogOut", key(reply), RunningApi.cookies(reply)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aWrongLoginDoesNotTellWhatWasWrong() {
        HttpResponse<String> reply = api.login("admin", "guess");
        assertThat(reply.statusCode()).isEqualTo(531);
        assertThat(reply.body())
                .isEqualTo("{\"loginresponse\":{\"uuidList\":[],\"errorcode\":531,\"errortext\":"
                        + "\"Failed to authenticate user admin in domain 1; please provide valid credentials\"}}");
        assertThat(api.login("nobody", "guess").body()).isEqualTo(reply.body().replace("user admin", "user nobody"));
        assertThat(api.sessionKeys).isEmpty();
    }

    @Test
    void aDisabledUserCannotLogIn() {
        api.people.put("user", People.disabled(People.USER));

        assertThat(api.login("user", "user").statusCode()).isEqualTo(531);
        assertThat(api.get(People.USER, "listThings").statusCode()).isEqualTo(401);
    }

    @Test
    void aWrongSessionKeyEndsTheSession() {
        HttpResponse<String> login = api.login("user", "user");
        String cookies = RunningApi.cookies(login);

        HttpResponse<String> reply = inSession("listThings", "wrong", cookies);

        assertThat(reply.statusCode()).isEqualTo(401);
        assertThat(reply.body()).isEqualTo(UNVERIFIED);
        assertThat(inSession("listThings", key(login), cookies).statusCode())
                .as("the right key comes too late")
                .isEqualTo(401);
    }

    @Test
    void theKeyMustBeInTheCookieAndInTheParameter() {
        HttpResponse<String> first = api.login("user", "user");
        assertThat(api.get(RunningApi.params("listThings"), "Cookie", RunningApi.cookies(first))
                        .body())
                .isEqualTo(UNVERIFIED);
        HttpResponse<String> second = api.login("user", "user");
        String onlySession = RunningApi.cookies(second).replaceAll("; sessionkey=.*", "");
        assertThat(inSession("listThings", key(second), onlySession).body()).isEqualTo(UNVERIFIED);
    }

    @Test
    void aKeyIsDeadAfterLogout() {
        HttpResponse<String> login = api.login("user", "user");
        String cookies = RunningApi.cookies(login);

        HttpResponse<String> logout = inSession("logout", key(login), cookies);

        assertThat(logout.body()).isEqualTo("{\"logoutresponse\":{\"description\":\"success\"}}");
        assertThat(inSession("listThings", key(login), cookies).statusCode()).isEqualTo(401);
    }

    @Test
    void logoutWithoutASessionIsAMistake() {
        HttpResponse<String> reply = api.get(RunningApi.params("logout"));

        assertThat(reply.statusCode()).isEqualTo(431);
        assertThat(reply.body()).startsWith("{\"logoutresponse\":{\"uuidList\":[],\"errorcode\":431");
    }

    @Test
    void unknownAndForbiddenCommandsOfASessionAre432() {
        HttpResponse<String> login = api.login("user", "user");
        String cookies = RunningApi.cookies(login);

        HttpResponse<String> unknown = inSession("noSuchThing", key(login), cookies);
        HttpResponse<String> forbidden = inSession("removeThings", key(login), cookies);

        assertThat(unknown.statusCode()).isEqualTo(432);
        assertThat(unknown.body())
                .isEqualTo("{\"errorresponse\":{\"uuidList\":[],\"errorcode\":432,\"cserrorcode\":9999,"
                        + "\"errortext\":\"Unknown API command: noSuchThing\"}}");
        assertThat(forbidden.statusCode()).isEqualTo(432);
        assertThat(forbidden.body())
                .startsWith("{\"errorresponse\":{\"uuidList\":[],\"errorcode\":432,\"cserrorcode\":9999,");
        assertThat(api.things.names).hasSize(3);
    }

    @Test
    void aSessionWithoutACommandIsABadRequest() {
        HttpResponse<String> login = api.login("user", "user");
        Map<String, String> params = new HashMap<>(Map.of("response", "json", "sessionkey", key(login)));

        HttpResponse<String> reply = api.get(params, "Cookie", RunningApi.cookies(login));

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.body()).startsWith("{\"null\":{\"uuidList\":[],\"errorcode\":400,\"cserrorcode\":9999");
    }

    @Test
    void guessingIsSlowedDownAndEndsWithTime() {
        for (int i = 0; i < 5; i++) {
            assertThat(api.login("user", "guess").statusCode()).isEqualTo(531);
        }
        HttpResponse<String> slowed = api.login("user", "user");
        assertThat(slowed.statusCode()).isEqualTo(429);
        assertThat(slowed.body())
                .startsWith("{\"loginresponse\":{\"uuidList\":[],\"errorcode\":429,\"cserrorcode\":4545");
        assertThat(api.passwordChecks).as("slowed tries are not checked").hasValue(5);

        assertThat(api.login("admin", "admin").statusCode())
                .as("others are not slowed")
                .isEqualTo(200);
        api.clock.advance(Duration.ofSeconds(2));
        assertThat(api.login("user", "user").statusCode()).isEqualTo(200);
    }

    @Test
    void tenThousandGuessesOver64ConnectionsStarveNobody() throws Exception {
        int tries = 10_000;
        AtomicInteger left = new AtomicInteger(tries);
        AtomicInteger refused = new AtomicInteger();
        ExecutorService guessers = Executors.newFixedThreadPool(64);
        try {
            for (int i = 0; i < 64; i++) {
                guessers.execute(() -> {
                    for (int n = left.getAndDecrement(); n > 0; n = left.getAndDecrement()) {
                        int status = api.login("name" + n % 100, "guess").statusCode();
                        if (status == 531 || status == 429) {
                            refused.incrementAndGet();
                        }
                    }
                });
            }
            guessers.shutdown();
            int answered = 0;
            while (!guessers.isTerminated()) {
                assertThat(api.get(People.USER, "getThing").statusCode()).isEqualTo(200);
                answered++;
            }
            assertThat(answered).isGreaterThan(10);
            assertThat(guessers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            guessers.shutdownNow();
        }
        assertThat(refused).hasValue(tries);
        assertThat(api.passwordChecks.get()).isLessThan(100);
        api.clock.advance(Duration.ofSeconds(11));
        assertThat(api.login("user", "user").statusCode()).isEqualTo(200);
    }
}
