/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init")
class ApiRulesTest {
    private static final String IN_14_MINUTES = "2026-01-01T00:14:59+0000";
    private static final String IN_16_MINUTES = "2026-01-01T00:15:01+0000";

    private RunningApi api;

    @BeforeEach
    void start() throws IOException {
        api = new RunningApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private int signed(String command, String... more) {
        return api.get(People.ADMIN, command, more).statusCode();
    }

    private int inSession(HttpResponse<String> login, boolean cookie, String... parameters) {
        String session = "JSESSIONID=" + api.sessionKeys.keySet().iterator().next();
        String cookies = cookie ? RunningApi.cookies(login) : session;
        return api.get(RunningApi.params("listThings", parameters), "Cookie", cookies)
                .statusCode();
    }

    private static String key(HttpResponse<String> login) {
        return JsonParser.parseString(login.body())
                .getAsJsonObject()
                .getAsJsonObject("loginresponse")
                .get("sessionkey")
                .getAsString();
    }

    @Test
    void withoutEnforcementGetAndEndlessSignaturesAreFine() {
        assertThat(signed("listThings")).isEqualTo(200);
        assertThat(signed("listThings", "signatureVersion", "3", "expires", "2027-01-01T00:00:00+0000"))
                .isEqualTo(200);
        assertThat(signed("useThing", "id", "no-such-uuid")).isEqualTo(431);
    }

    @Test
    void enforcedRequestsMustExpireWithinFifteenMinutes() {
        api.settings.put("enforce.post.requests.and.timestamps", "true");
        assertThat(signed("listThings")).isEqualTo(401);
        assertThat(signed("listThings", "signatureVersion", "2", "expires", IN_14_MINUTES))
                .isEqualTo(401);
        assertThat(signed("listThings", "signatureVersion", "3")).isEqualTo(401);
        assertThat(signed("listThings", "signatureVersion", "3", "expires", IN_16_MINUTES))
                .isEqualTo(401);
        assertThat(signed("listThings", "signatureVersion", "3", "expires", IN_14_MINUTES))
                .isEqualTo(200);
    }

    @Test
    void enforcedChangesMustBePosted() {
        api.settings.put("enforce.post.requests.and.timestamps", "true");
        Map<String, String> call = RunningApi.signed(
                People.ADMIN, "useThing", "id", "no-such-uuid", "signatureVersion", "3", "expires", IN_14_MINUTES);

        HttpResponse<String> reply = api.get(call);

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.body())
                .startsWith("{\"usethingresponse\":")
                .contains("State changing command useThing needs to be sent using POST request");
        assertThat(api.post(call).statusCode()).isEqualTo(431);
        HttpResponse<String> login = api.login("admin", "admin");
        assertThat(inSession(login, true, "sessionkey", key(login))).isEqualTo(200);
    }

    @Test
    void theSessionKeyIsCheckedWhereTheSettingSays() {
        HttpResponse<String> login = api.login("user", "user");
        String key = key(login);
        assertThat(inSession(login, true, "sessionkey", key)).isEqualTo(200);
        api.settings.put("api.sessionkey.check.locations", "ParameterOnly");
        assertThat(inSession(login, false, "sessionkey", key)).isEqualTo(200);
        api.settings.put("api.sessionkey.check.locations", "CookieOrParameter");
        assertThat(inSession(login, false, "sessionkey", key)).isEqualTo(200);
        assertThat(inSession(login, true)).isEqualTo(200);
        assertThat(inSession(login, true, "sessionkey", "wrong")).isEqualTo(401);
        assertThat(api.sessionKeys).as("a wrong key ends the session").isEmpty();
    }

    @Test
    void aMissingSessionKeyEndsTheSessionWhateverTheSetting() {
        for (ApiRules.SessionKeyCheck check : ApiRules.SessionKeyCheck.values()) {
            api.settings.put("api.sessionkey.check.locations", check.name());
            HttpResponse<String> login = api.login("user", "user");
            assertThat(inSession(login, false)).as(check.name()).isEqualTo(401);
            assertThat(api.sessionKeys).as(check.name()).isEmpty();
        }
    }
}
