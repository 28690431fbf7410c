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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init")
final class ApiServerTest {
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
    void aListHasItsCountAndItsObjects() {
        HttpResponse<String> reply = api.get(People.USER, "listThings", "page", "1", "pagesize", "1");

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body())
                .isEqualTo(
                        "{\"listthingsresponse\":{\"count\":3,\"thing\":[{\"name\":\"one\",\"size\":42,\"good\":true,"
                                + "\"created\":\"2025-10-30T09:15:00+0000\",\"part\":[\"p\",\"q\"],"
                                + "\"details\":{\"1 key\":\"a<b\\u0001\"}}]}}");
    }
}
