/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("NullAway.Init")
final class SignatureTest {
    /** Signed with Python's hmac and urllib and the secret {@code s3cret}. */
    private static final Map<String, String> SIGNED = Map.of(
            "command", "listBackups", "response", "json", "apiKey", "KEY", "keyword", "a b+c*~é/=&", "Zone", "X");

    private static final String TILDE_AS_PYTHON = "ZDE9S+r+A/ddMVYKctYzR7SO3WY=";
    private static final String TILDE_AS_JAVA = "/TP3RDd0RpRAWM8m5Tjl11LONgM=";

    private RunningApi api;

    @BeforeEach
    void start() throws IOException {
        api = new RunningApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void bothFormsOfATildeAreAccepted() {
        for (String signature : List.of(TILDE_AS_JAVA, TILDE_AS_PYTHON)) {
            assertThat(Signatures.matches(SIGNED, "s3cret", signature)).isTrue();
            Map<String, String> withSignature = new TreeMap<>(SIGNED);
            withSignature.put("Signature", signature);
            assertThat(Signatures.matches(withSignature, "s3cret", signature)).isTrue();
        }
    }

    @Test
    void nothingElseIsAccepted() {
        assertThat(Signatures.matches(SIGNED, "S3cret", TILDE_AS_JAVA)).isFalse();
        assertThat(Signatures.matches(SIGNED, "s3cret", TILDE_AS_JAVA.toLowerCase(java.util.Locale.ROOT)))
                .isFalse();
        assertThat(Signatures.matches(SIGNED, "s3cret", "")).isFalse();
        Map<String, String> changed = new TreeMap<>(SIGNED);
        changed.put("listall", "true");
        assertThat(Signatures.matches(changed, "s3cret", TILDE_AS_JAVA)).isFalse();
    }

    @Test
    void theNamesOfTheSignaturesParametersIgnoreCase() {
        Map<String, String> params = RunningApi.signed(People.USER, "getThing");
        params.put("SIGNATURE", String.valueOf(params.remove("signature")));

        assertThat(api.get(params).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 2026-01-01T00:10:00+0000, 200",
        "3, 2026-01-01T00:10:00Z, 200",
        "3, 2026-01-01T02:10:00+02:00, 200",
        "3, 2025-12-31T23:59:59+0000, 401",
        "3, 2026-01-01T01:00:00+0200, 401",
        "3, tomorrow, 401",
        "3, '', 401",
        "3, , 401",
        "2, 2025-12-31T23:59:59+0000, 200",
    })
    void aSignatureOfVersion3Expires(String version, @org.jspecify.annotations.Nullable String expires, int status) {
        Map<String, String> params = RunningApi.params("getThing", "signatureVersion", version);
        if (expires != null) {
            params.put("Expires", expires);
        }

        assertThat(api.get(RunningApi.sign(People.USER, params)).statusCode()).isEqualTo(status);
    }

    @Test
    void aWrongKeyOrNoSignatureIs401() {
        Map<String, String> wrongKey = RunningApi.signed(People.USER, "getThing");
        wrongKey.put("apiKey", "nobody");
        Map<String, String> empty = RunningApi.signed(People.USER, "getThing");
        empty.put("signature", "");
        Map<String, String> none = RunningApi.signed(People.USER, "getThing");
        none.remove("signature");

        for (Map<String, String> params : List.of(wrongKey, empty, none)) {
            HttpResponse<String> reply = api.get(params);
            assertThat(reply.statusCode()).isEqualTo(401);
            assertThat(reply.body())
                    .startsWith("{\"getthingresponse\":{\"uuidList\":[],\"errorcode\":401,\"errortext\"");
        }
    }

    @Test
    void aReplayWithAnotherValueIs401() {
        Map<String, String> params = RunningApi.signed(People.USER, "createThing", "name", "good");
        params.put("name", "evil");

        assertThat(api.get(params).statusCode()).isEqualTo(401);
        assertThat(api.things.names).doesNotContain("evil");
    }
}
