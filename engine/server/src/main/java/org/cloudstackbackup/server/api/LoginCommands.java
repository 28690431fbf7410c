/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import com.google.gson.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.framework.identity.Caller;
import org.jspecify.annotations.Nullable;

/** {@code login} and {@code logout}, the commands that need no verified sender. Their names ignore case. */
final class LoginCommands {
    static final String SET_COOKIE = "Set-Cookie";

    private static final Logger LOG = LogManager.getLogger(LoginCommands.class);
    private static final int PARAM_ERROR = 431;
    private static final int ACCOUNT_ERROR = 531;
    private static final Duration LONGEST_QUEUEING = Duration.ofSeconds(2);
    private static final int MOST_WAITING = 8;

    private final ApiPorts ports;
    private final ApiConfig config;
    private final Authenticator authenticator;
    private final LoginThrottle throttle;
    /** Password hashes are slow on purpose; more checks at a time than that would starve all other requests. */
    private final Semaphore checks =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    LoginCommands(ApiPorts ports, ApiConfig config, Authenticator authenticator) {
        this.ports = ports;
        this.config = config;
        this.authenticator = authenticator;
        this.throttle = new LoginThrottle(ports.clock());
    }

    /** A body to answer with and cookies to set. */
    record Outcome(JsonObject body, List<String> cookies) {}

    static boolean isLogin(@Nullable String command) {
        return "login".equalsIgnoreCase(command);
    }

    static boolean isLogout(@Nullable String command) {
        return "logout".equalsIgnoreCase(command);
    }

    Outcome login(ApiRequest request) {
        RequestParams params = request.params();
        String username = required(params, "username");
        String password = required(params, "password");
        refuseHasty(username, request.remoteAddress());
        Caller caller = check(username, password, request).orElseThrow(() -> {
            throttle.failed(username, request.remoteAddress());
            LOG.debug("Login of {} from {} failed", username, request.remoteAddress());
            return wrong(username, params);
        });
        throttle.succeeded(username, request.remoteAddress());
        Sessions.Session session = ports.sessions().create(caller);
        String secure = request.secure() ? "; Secure" : "";
        return new Outcome(
                describe(caller, session),
                List.of(
                        Authenticator.SESSION_COOKIE + "=" + session.id() + "; Path=/client; HttpOnly; SameSite=Lax"
                                + secure,
                        Authenticator.KEY_COOKIE + "=" + session.key() + "; Path=/client; HttpOnly; SameSite=Lax"
                                + secure));
    }

    Outcome logout(ApiRequest request) {
        String session = request.cookies().get(Authenticator.SESSION_COOKIE);
        if (session == null) {
            throw new FailureException(PARAM_ERROR, "Failed to log out: the request has no session");
        }
        authenticator.sessionCaller(request);
        ports.sessions().destroy(session);
        JsonObject body = new JsonObject();
        body.addProperty("description", "success");
        List<String> cookies = new ArrayList<>();
        for (String name : List.of(Authenticator.SESSION_COOKIE, Authenticator.KEY_COOKIE)) {
            cookies.add(
                    name + "=; Path=/client; Max-Age=0; HttpOnly; SameSite=Lax" + (request.secure() ? "; Secure" : ""));
        }
        return new Outcome(body, cookies);
    }

    private static String required(RequestParams params, String name) {
        String value = params.get(name);
        if (value == null || value.isEmpty()) {
            throw new FailureException(
                    PARAM_ERROR, "Unable to execute API command login due to missing parameter " + name);
        }
        return value;
    }

    private void refuseHasty(String username, String address) {
        Duration wait = throttle.waitFor(username, address);
        if (!wait.isZero()) {
            throw FailureException.tooMany(
                    "Too many failed logins; wait " + (wait.toSeconds() + 1) + " s before the next one", wait);
        }
    }

    private Optional<Caller> check(String username, String password, ApiRequest request) {
        if (!waiting.tryAcquire()) {
            throw FailureException.tooMany("Too many logins at a time; try again in a moment", LONGEST_QUEUEING);
        }
        boolean admitted = false;
        try {
            admitted = checks.tryAcquire(LONGEST_QUEUEING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.release();
        }
        if (!admitted) {
            throw FailureException.tooMany("Too many logins at a time; try again in a moment", LONGEST_QUEUEING);
        }
        try {
            // Somebody with many connections may have failed often enough while this one waited.
            refuseHasty(username, request.remoteAddress());
            RequestParams params = request.params();
            return ports.logins()
                    .authenticate(
                            username, password, emptyToNull(params.get("domain")), emptyToNull(params.get("domainid")))
                    .filter(Authenticator::isEnabled);
        } finally {
            checks.release();
        }
    }

    private static FailureException wrong(String username, RequestParams params) {
        String domainId = emptyToNull(params.get("domainid"));
        String domain = domainId == null ? emptyToNull(params.get("domain")) : domainId;
        return new FailureException(
                ACCOUNT_ERROR,
                null,
                "Failed to authenticate user " + username + " in domain " + (domain == null ? "1" : domain)
                        + "; please provide valid credentials",
                null);
    }

    private JsonObject describe(Caller caller, Sessions.Session session) {
        JsonObject json = new JsonObject();
        json.addProperty("username", caller.user().username());
        json.addProperty("userid", caller.user().uuid());
        json.addProperty("domainid", caller.domain().uuid());
        json.addProperty("timeout", config.sessionTimeout().toSeconds());
        json.addProperty("account", caller.account().name());
        addIfKnown(json, "firstname", caller.user().firstname());
        addIfKnown(json, "lastname", caller.user().lastname());
        json.addProperty("type", Integer.toString(caller.account().type()));
        addTimezone(json, caller.user().timezone());
        json.addProperty("registered", "false");
        json.addProperty("sessionkey", session.key());
        json.addProperty("is2faenabled", "false");
        json.addProperty("is2faverified", "true");
        if (caller.isRootAdmin()) {
            json.addProperty("managementserverid", config.nodeId());
        }
        return json;
    }

    private void addTimezone(JsonObject json, @Nullable String timezone) {
        if (timezone == null || timezone.isEmpty()) {
            return;
        }
        json.addProperty("timezone", timezone);
        try {
            int seconds = ZoneId.of(timezone, ZoneId.SHORT_IDS)
                    .getRules()
                    .getOffset(ports.clock().instant())
                    .getTotalSeconds();
            json.addProperty("timezoneoffset", String.format(Locale.ROOT, "%.1f", seconds / 3600.0));
        } catch (DateTimeException e) {
            LOG.debug("Time zone {} of a user is unknown; its offset is left out", timezone, e);
        }
    }

    private static void addIfKnown(JsonObject json, String name, @Nullable String value) {
        if (value != null) {
            json.addProperty(name, value);
        }
    }

    private static @Nullable String emptyToNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
