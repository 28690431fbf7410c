/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Answered;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;
import org.jspecify.annotations.Nullable;

/** Tokens of the OIDC endpoint. One thread renews while the others wait; the token's age is measured by our own clock alone. */
final class IssuedTokens implements Tokens {
    private static final String PATH = "/realms/master/protocol/openid-connect/token";
    private static final Duration MARGIN = Duration.ofSeconds(60);

    private final Login.Password login;
    private final HttpTransport issuer;
    private final String path;
    private final Repeater repeater;
    private final Clock clock;
    private final ReentrantLock renewal = new ReentrantLock();
    private volatile @Nullable Issued issued;

    IssuedTokens(Login.Password login, HttpTransport issuer, Repeater repeater, Clock clock) {
        this.login = login;
        this.issuer = issuer;
        this.path = issuer.address().text().endsWith("/auth") ? PATH : "/auth" + PATH;
        this.repeater = repeater;
        this.clock = clock;
    }

    @Override
    public String current() {
        Issued known = issued;
        if (known != null && clock.instant().isBefore(known.renewal)) {
            return known.access;
        }
        renewal.lock();
        try {
            Issued latest = issued;
            if (latest != null && clock.instant().isBefore(latest.renewal)) {
                return latest.access;
            }
            return renewed(latest).access;
        } finally {
            renewal.unlock();
        }
    }

    private Issued renewed(@Nullable Issued old) {
        try {
            Issued renewed = old == null || old.refresh.isEmpty() ? byPassword() : byRefresh(old.refresh);
            issued = renewed;
            return renewed;
        } catch (PxBackupException e) {
            if (old != null && Repeater.isPassing(e) && clock.instant().isBefore(old.end)) {
                return old; // early enough: the next call tries again
            }
            throw e;
        }
    }

    @Override
    public boolean refused(String token) {
        renewal.lock();
        try {
            Issued known = issued;
            if (known != null && known.access.equals(token)) {
                issued = new Issued(known.access, known.refresh, Instant.MIN, Instant.MIN);
            }
            return true;
        } finally {
            renewal.unlock();
        }
    }

    private Issued byRefresh(String refresh) {
        try {
            return grant(Map.of("grant_type", "refresh_token", "refresh_token", refresh));
        } catch (PxBackupException e) {
            if (e.reason() != Reason.UNAUTHENTICATED) {
                throw e;
            }
            return byPassword(); // the session is over; that is usual after a night
        }
    }

    private Issued byPassword() {
        return grant(Map.of("grant_type", "password", "username", login.user(), "password", login.password()));
    }

    private Issued grant(Map<String, String> fields) {
        Map<String, String> form = new LinkedHashMap<>(fields);
        form.put("client_id", login.clientId());
        if (!login.clientSecret().isEmpty()) {
            form.put("client_secret", login.clientSecret());
        }
        String text = form.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpEntity body = new StringEntity(text, ContentType.APPLICATION_FORM_URLENCODED);
        for (int attempt = 1; ; attempt++) {
            try {
                return grant(body);
            } catch (PxBackupException e) {
                if (!repeater.again(e, Call.Repeat.READ, attempt)) {
                    throw e;
                }
                repeater.await(e.retryAfter(), attempt);
            }
        }
    }

    private Issued grant(HttpEntity body) {
        Instant asked = clock.instant();
        Answer answer = issuer.send("POST", path, null, body);
        JsonNode told = Json.objectIn(answer.body());
        if (!answer.isGood()) {
            throw refusal(answer, told);
        }
        String access = told == null ? "" : told.path("access_token").asText("");
        if (told == null || access.isEmpty()) {
            throw new PxBackupException(
                    Reason.MALFORMED,
                    "The token issuer at " + issuer.address().text() + " answered without a token",
                    null);
        }
        Duration life = Duration.ofSeconds(Math.max(1, told.path("expires_in").asLong(60)));
        return new Issued(access, told.path("refresh_token").asText(""), asked.plus(age(life)), asked.plus(life));
    }

    /** When to renew: after 80 %, and a minute before the end where the life is long enough for that. */
    static Duration age(Duration life) {
        Duration most = life.multipliedBy(4).dividedBy(5);
        Duration early = life.minus(MARGIN);
        return life.compareTo(MARGIN.multipliedBy(2)) > 0 && early.compareTo(most) < 0 ? early : most;
    }

    private PxBackupException refusal(Answer answer, @Nullable JsonNode told) {
        String text = told == null ? answer.text() : description(told);
        text = text.replace(login.password(), "[password]");
        int status = answer.status();
        Reason reason;
        if (status == 429) {
            reason = Reason.THROTTLED;
        } else if (status == 408 || status == 504) {
            reason = Reason.TIMEOUT;
        } else if (status >= 500) {
            reason = Reason.UNAVAILABLE;
        } else {
            reason = status == 400 || status == 401 || status == 403 ? Reason.UNAUTHENTICATED : Reason.SETTINGS;
        }
        return new PxBackupException(
                reason,
                "The token issuer at " + issuer.address().text() + " answered " + status + " to user " + login.user()
                        + " of client " + login.clientId() + (text.isEmpty() ? "" : ": " + text),
                new Answered(status, -1, text, told != null, answer.retryAfter()),
                null);
    }

    private static String description(JsonNode told) {
        String error = told.path("error").asText("");
        String description = told.path("error_description").asText("");
        return Answer.shorten(description.isEmpty() ? error : error + ": " + description);
    }

    @Override
    public void close() {
        issuer.close();
    }

    /** A token, how to get the next one, and when. */
    private record Issued(String access, String refresh, Instant renewal, Instant end) {
        @Override
        public String toString() {
            return "Issued[end=" + end + "]";
        }
    }
}
