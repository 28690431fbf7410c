/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;
import org.cloudstackbackup.framework.identity.Caller;
import org.jspecify.annotations.Nullable;

/** Finds out who sent a request, by its signature or by its session. */
final class Authenticator {
    static final String SESSION_COOKIE = "JSESSIONID";
    static final String KEY_COOKIE = "sessionkey";
    static final String NOT_VERIFIED = "unable to verify user credentials and/or request signature";
    static final String BAD_SESSION = "unable to verify user credentials";

    private static final DateTimeFormatter EXPIRES = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX]")
            .toFormatter(java.util.Locale.ROOT);

    /** Only where the operator wants requests to expire. */
    private static final Duration LONGEST_VALIDITY = Duration.ofMinutes(15);

    private final ApiPorts ports;

    Authenticator(ApiPorts ports) {
        this.ports = ports;
    }

    /** A verified sender. */
    record Verified(Caller caller, boolean signed) {}

    /** @throws FailureException 401 when the sender cannot be verified */
    Verified verify(ApiRequest request) {
        RequestParams params = request.params();
        if (params.get("apikey") != null || params.get("signature") != null) {
            return new Verified(signer(params), true);
        }
        if (request.cookies().get(SESSION_COOKIE) == null) {
            throw FailureException.unauthorized(NOT_VERIFIED);
        }
        return new Verified(sessionCaller(request), false);
    }

    /** Who the session belongs to; its key must be where the operator wants it, in cookie and parameter unless set otherwise. */
    Caller sessionCaller(ApiRequest request) {
        String session = request.cookies().get(SESSION_COOKIE);
        if (session == null) {
            throw FailureException.unauthorized(BAD_SESSION);
        }
        String key = sessionKey(request);
        if (key == null) {
            ports.sessions().destroy(session);
            throw FailureException.unauthorized(BAD_SESSION);
        }
        Optional<Caller> caller = ports.sessions().find(session, key).filter(Authenticator::isEnabled);
        return caller.orElseThrow(() -> FailureException.unauthorized(BAD_SESSION));
    }

    private @Nullable String sessionKey(ApiRequest request) {
        String inCookie = request.cookies().get(KEY_COOKIE);
        String inParameter = request.params().get(KEY_COOKIE);
        return switch (ports.rules().sessionKeyCheck()) {
            case CookieAndParameter ->
                inCookie != null && inParameter != null && same(inCookie, inParameter) ? inParameter : null;
            case CookieOrParameter -> inParameter == null ? inCookie : inParameter;
            case ParameterOnly -> inParameter;
        };
    }

    static boolean isEnabled(Caller caller) {
        return caller.user().isEnabled() && caller.account().isEnabled();
    }

    private Caller signer(RequestParams params) {
        String apiKey = params.get("apikey");
        String signature = params.get("signature");
        if (apiKey == null || apiKey.isEmpty() || signature == null || signature.isEmpty()) {
            throw FailureException.unauthorized(NOT_VERIFIED);
        }
        Optional<UserDirectory.KeyHolder> holder = ports.users().findByApiKey(apiKey);
        // A signature is computed for unknown keys too, so that the time of the answer does not tell which keys exist.
        String secret = holder.map(UserDirectory.KeyHolder::secretKey).orElse("nobody's secret");
        boolean matches = Signatures.matches(params.received(), secret, signature);
        if (!matches || holder.isEmpty() || !isEnabled(holder.get().caller()) || isExpired(params)) {
            throw FailureException.unauthorized(NOT_VERIFIED);
        }
        return holder.get().caller();
    }

    private boolean isExpired(RequestParams params) {
        boolean enforced = ports.rules().postAndTimestampsEnforced();
        if (!"3".equals(params.get("signatureversion"))) {
            return enforced;
        }
        Instant expires = instant(params.get("expires"));
        Instant now = ports.clock().instant();
        return expires == null || expires.isBefore(now) || (enforced && expires.isAfter(now.plus(LONGEST_VALIDITY)));
    }

    private static @Nullable Instant instant(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return EXPIRES.parse(text.replace(' ', '+'), Instant::from);
        } catch (DateTimeException e) {
            return null; // what cannot be read has expired, as far as the caller is told
        }
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
