/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.cloudstackbackup.clusterexport.bucket.Bucket;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.config.StoreSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Objects in a real S3 server that checks signatures: what is put is what is there. */
@SuppressWarnings("NullAway.Init")
class BucketTest {
    private StoreServer store;

    @BeforeEach
    void start() throws Exception {
        store = new StoreServer();
    }

    @AfterEach
    void stop() throws Exception {
        store.close();
    }

    private Bucket bucket(String secretKey) {
        URI endpoint = URI.create("http://" + store.endpoint());
        StoreSettings settings =
                new StoreSettings(endpoint, "access", secretKey, StoreServer.BUCKET, "eu-west-3", "", false);
        Retry retry = new Retry(0, Duration.ofMillis(1), time -> {}, (what, attempt, wait, failure) -> {});
        return Bucket.open(settings, 4, Duration.ofSeconds(30), retry);
    }

    @Test
    void anObjectOfAnyNameIsStoredUnderIt() throws Exception {
        List<String> keys = List.of(
                "a/system:node.yaml",
                "a/50%25.yaml",
                "a/%2E%2E.yaml",
                "a/..b/c..yaml",
                "a/with space+plus&and=is?no#hash.yaml",
                "a/Grüße-日本-😀.yaml",
                "a/'quoted'(1)*!~;,@$.yaml");
        try (Bucket bucket = bucket("a-secret-nobody-logs")) {
            for (String key : keys) {
                bucket.put(key, key.getBytes(StandardCharsets.UTF_8), "application/x-yaml");
            }
            for (String key : keys) {
                assertThat(store.text(key)).isEqualTo(key);
                assertThat(bucket.get(key).orElseThrow().body()).isEqualTo(key.getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThat(store.keys("")).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void bodiesOfAnySizeArriveWhole() throws Exception {
        byte[] random = new byte[3 << 20];
        new Random(1).nextBytes(random);
        try (Bucket bucket = bucket("a-secret-nobody-logs")) {
            for (int size : List.of(0, 1, 32 << 10, 200_000, 1 << 20, (1 << 20) + 1, random.length)) {
                byte[] body = Arrays.copyOf(random, size);
                bucket.put("k", body, "application/gzip");
                assertThat(store.bytes("k")).isEqualTo(body);
            }
        }
    }

    @Test
    void aBodyThatIsNotTheOneItsHashIsOfIsRefused() {
        try (Bucket bucket = bucket("a-secret-nobody-logs")) {
            byte[] body = "what was meant".getBytes(StandardCharsets.UTF_8);
            CallFailed failure =
                    catchThrowableOfType(CallFailed.class, () -> bucket.put("k", body, "text/plain", new byte[32]));
            assertThat(failure.errorClass()).isEqualTo(ErrorClass.INVALID);
            assertThat(store.keys("")).isEmpty();
        }
    }

    @Test
    void wrongKeysAreRefusedWithoutNamingThem() {
        try (Bucket bucket = bucket("another-secret-nobody-logs")) {
            CallFailed failure =
                    catchThrowableOfType(CallFailed.class, () -> bucket.put("k", new byte[1], "text/plain"));
            assertThat(failure.errorClass()).isEqualTo(ErrorClass.FORBIDDEN);
            assertThat(failure).hasMessageContaining("403").hasMessageNotContaining("nobody-logs");
        }
    }
}
