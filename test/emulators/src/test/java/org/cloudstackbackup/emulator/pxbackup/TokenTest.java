/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private final Rig rig = Rig.of("3.1");

    @AfterEach
    void stop() {
        rig.close();
    }

    private HttpResponse<String> token(String form) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(rig.emulator().tokenUrl()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    private JsonObject login() throws Exception {
        HttpResponse<String> answer =
                token("grant_type=password&client_id=pxcentral&username=admin&password=admin&token-duration=365d");
        assertThat(answer.statusCode()).isEqualTo(200);
        return JsonParser.parseString(answer.body()).getAsJsonObject();
    }

    private int status(String token) {
        return rig.client().as(token).get("/v1/version").status();
    }

    @Test
    void aPasswordGivesATokenThatEndsByTheVirtualClock() throws Exception {
        JsonObject granted = login();
        String token = granted.get("access_token").getAsString();
        assertThat(granted.get("expires_in").getAsInt())
                .as("the wish for a duration is ignored")
                .isEqualTo(600);
        assertThat(granted.get("token_type").getAsString()).isEqualTo("Bearer");
        rig.pass(599);
        assertThat(status(token)).isEqualTo(200);
        rig.pass(1);
        rig.client().as(token).get("/v1/version").refused(401, 16);
    }

    @Test
    void aRefreshTokenIsGoodOnceAndForAWhile() throws Exception {
        String refresh = login().get("refresh_token").getAsString();
        rig.pass(1000);
        String form = "grant_type=refresh_token&client_id=pxcentral&refresh_token=";
        HttpResponse<String> renewed = token(form + refresh);
        assertThat(renewed.statusCode()).isEqualTo(200);
        JsonObject granted = JsonParser.parseString(renewed.body()).getAsJsonObject();
        assertThat(status(granted.get("access_token").getAsString())).isEqualTo(200);
        assertThat(token(form + refresh).body()).contains("invalid_grant").contains("Token is not active");
        rig.pass(1800);
        assertThat(token(form + granted.get("refresh_token").getAsString()).statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "grant_type=password&client_id=pxcentral&username=admin&password=wrong,401,Invalid user credentials",
        "grant_type=password&client_id=pxcentral&username=nobody&password=x,401,invalid_grant",
        "grant_type=password&client_id=pxcentral&username=off&password=x,400,Account disabled",
        "grant_type=password&client_id=other&username=admin&password=admin,401,invalid_client",
        "client_id=pxcentral,400,invalid_request",
        "grant_type=client_credentials&client_id=pxcentral,400,unsupported_grant_type"
    })
    void whatTheIssuerRefuses(String form, int status, String text) throws Exception {
        rig.emulator().addUser(User.of("off", "x", User.APP_USER).disabled());
        HttpResponse<String> answer = token(form);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(text);
    }

    @Test
    void theTokenIsSignedAndNamesTheUser() throws Exception {
        String[] parts = login().get("access_token").getAsString().split("\\.");
        JsonObject key = JsonParser.parseString(HTTP.send(
                                HttpRequest.newBuilder(URI.create(rig.emulator().url()
                                                + "/auth/realms/master/protocol/openid-connect/certs"))
                                        .build(),
                                BodyHandlers.ofString())
                        .body())
                .getAsJsonObject()
                .getAsJsonArray("keys")
                .get(0)
                .getAsJsonObject();
        PublicKey published =
                KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e")));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(published);
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        JsonObject read = JsonParser.parseString(claims).getAsJsonObject();
        assertThat(read.get("sub").getAsString()).isEqualTo("id-of-admin");
        assertThat(read.get("exp").getAsLong()).isEqualTo(Rig.START.getEpochSecond() + 600);
        assertThat(claims).contains(User.SUPER_ADMIN);
    }

    private static BigInteger number(JsonObject key, String name) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(key.get(name).getAsString()));
    }

    @Test
    void onlyAGoodTokenOpensTheApi() {
        rig.client().as("").get("/v1/version").refused(401, 16);
        rig.client().as("made-up").get("/v1/version").refused(401, 16);
        rig.client().as("").unchecked().get("/v1/no-such-path").refused(401, 16);
        rig.client().as("").get("/v1/health").ok();
        rig.client().get("/v1/version").ok();
    }

    @Test
    void allTokensCanBeMadeUseless() throws Exception {
        JsonObject granted = login();
        rig.emulator().expireTokens(false);
        assertThat(status(granted.get("access_token").getAsString())).isEqualTo(401);
        String form = "grant_type=refresh_token&client_id=pxcentral&refresh_token="
                + granted.get("refresh_token").getAsString();
        rig.emulator().expireTokens(true);
        assertThat(token(form).statusCode()).isEqualTo(400);
        assertThat(status(login().get("access_token").getAsString())).isEqualTo(200);
    }

    @Test
    void usersAreLookedUpByAnAdministrator() {
        rig.emulator().addUser(User.of("ann", "x", User.APP_USER));
        String path = "/auth/admin/realms/master/users?username=ann";
        assertThat(rig.client().call("GET", path, "").text()).contains("id-of-ann");
        assertThat(rig.client()
                        .call("GET", "/auth/admin/realms/master/users?email=ann@example.com", "")
                        .text())
                .contains("id-of-ann");
        assertThat(rig.client()
                        .as(rig.emulator().issueToken("ann"))
                        .call("GET", path, "")
                        .status())
                .isEqualTo(403);
        assertThat(rig.client().as("").call("GET", path, "").status()).isEqualTo(401);
        assertThat(rig.client()
                        .call("GET", "/auth/realms/master/.well-known/openid-configuration", "")
                        .text())
                .contains("token_endpoint");
    }

    @Test
    void secretsDoNotReachTheJournal() throws Exception {
        login();
        assertThat(rig.emulator().journal().entries("POST", "/auth/.*"))
                .singleElement()
                .satisfies(each -> assertThat(each.body())
                        .contains("username=admin")
                        .contains("password=...")
                        .doesNotContain("password=admin"));
    }
}
