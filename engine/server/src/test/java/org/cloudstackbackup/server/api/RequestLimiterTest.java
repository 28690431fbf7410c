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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init")
class RequestLimiterTest {
    private RunningApi api;

    @BeforeEach
    void start() throws IOException {
        api = new RunningApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private void limit(int calls, int seconds) {
        api.settings.put("api.throttling.enabled", "true");
        api.settings.put("api.throttling.max", Integer.toString(calls));
        api.settings.put("api.throttling.interval", Integer.toString(seconds));
    }

    @Test
    void nothingIsLimitedByDefault() {
        for (int i = 0; i < 60; i++) {
            assertThat(api.limiter.count(People.USER)).isEmpty();
        }
        assertThat(api.limiter.size()).isZero();
        assertThat(api.limiter.usage(People.USER.account().id()))
                .isEqualTo(new RequestLimiter.Usage(0, -1, Duration.ZERO));
    }

    @Test
    void oneCallTooManyIsAnsweredAsInCloudStackUntilTheIntervalHasPassed() {
        limit(2, 10);
        assertThat(api.get(People.USER, "listThings").statusCode()).isEqualTo(200);
        api.clock.advance(Duration.ofMillis(3_500));
        assertThat(api.get(People.USER, "noSuchThing").statusCode()).isEqualTo(401);

        HttpResponse<String> reply = api.get(People.USER, "listThings");

        assertThat(reply.statusCode()).isEqualTo(429);
        assertThat(reply.headers().firstValue("Retry-After")).contains("7");
        JsonObject error =
                JsonParser.parseString(reply.body()).getAsJsonObject().getAsJsonObject("listthingsresponse");
        assertThat(error.get("errorcode").getAsInt()).isEqualTo(429);
        assertThat(error.get("cserrorcode").getAsInt()).isEqualTo(4545);
        assertThat(error.get("errortext").getAsString())
                .isEqualTo("The given user has reached his/her account api limit, please retry after 6500 ms.");
        assertThat(api.get(People.CHIEF, "listThings").statusCode())
                .as("another account")
                .isEqualTo(200);
        api.clock.advance(Duration.ofMillis(6_500));
        assertThat(api.get(People.USER, "listThings").statusCode()).isEqualTo(200);
    }

    @Test
    void whoCannotBeVerifiedIsNotCounted() {
        limit(1, 10);
        assertThat(api.get(RunningApi.params("listThings", "apiKey", "user", "signature", "x"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(api.limiter.size()).isZero();
    }

    @Test
    void rootAdminsAreNotLimited() {
        limit(1, 10);
        for (int i = 0; i < 3; i++) {
            assertThat(api.get(People.ADMIN, "listThings").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void usageIsToldAndCanBeForgotten() {
        limit(3, 10);
        long account = People.USER.account().id();
        assertThat(api.limiter.usage(account)).isEqualTo(new RequestLimiter.Usage(0, 3, Duration.ofSeconds(10)));
        api.limiter.count(People.USER);
        api.limiter.count(People.CHIEF);
        api.clock.advance(Duration.ofSeconds(4));
        assertThat(api.limiter.usage(account)).isEqualTo(new RequestLimiter.Usage(1, 3, Duration.ofSeconds(6)));
        api.limiter.reset(account);
        assertThat(api.limiter.usage(account).issued()).isZero();
        assertThat(api.limiter.usage(People.CHIEF.account().id()).issued()).isEqualTo(1);
        api.limiter.reset(null);
        assertThat(api.limiter.size()).isZero();
    }

    @Test
    void manyThreadsGetExactlyTheLimit() throws Exception {
        limit(500, 10);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Integer> calls = () -> {
                int admitted = 0;
                for (int i = 0; i < 250; i++) {
                    admitted += api.limiter.count(People.USER).isEmpty() ? 1 : 0;
                }
                return admitted;
            };
            int admitted = 0;
            for (Future<Integer> each :
                    threads.invokeAll(List.of(calls, calls, calls, calls, calls, calls, calls, calls))) {
                admitted += each.get();
            }
            assertThat(admitted).isEqualTo(500);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void accountsAreRememberedForOneIntervalOnlyAndNeverTooMany() {
        limit(5, 10);
        for (int i = 0; i < 60_000; i++) {
            api.limiter.count(of(1000 + i));
        }
        assertThat(api.limiter.size()).isEqualTo(50_000);
        api.clock.advance(Duration.ofSeconds(10));
        api.limiter.count(of(1));
        assertThat(api.limiter.size()).isEqualTo(1);
    }

    @Test
    void nobodyWaitsLongerBecauseTheClockWasSetBack() {
        limit(1, 10);
        AtomicLong now = new AtomicLong(Instant.parse("2026-01-02T00:00:00Z").toEpochMilli());
        RequestLimiter limiter = new RequestLimiter(api.rules, new Clock() {
            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(now.get());
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        });
        assertThat(limiter.count(People.USER)).isEmpty();
        assertThat(limiter.count(People.USER)).contains(Duration.ofSeconds(10));
        now.set(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());
        assertThat(limiter.count(People.USER)).isEmpty();
    }

    private static Caller of(long accountId) {
        Account user = People.USER.account();
        Account account = new Account(
                accountId,
                "account-" + accountId,
                user.name(),
                user.type(),
                user.roleId(),
                user.domainId(),
                user.state(),
                user.created(),
                null);
        return new Caller(People.USER.user(), account, People.USER.domain(), People.USER.role());
    }
}
