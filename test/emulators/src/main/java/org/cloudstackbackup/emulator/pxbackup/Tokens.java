/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.cloudstackbackup.emulator.http.Answer;
import org.cloudstackbackup.emulator.http.Call;
import org.cloudstackbackup.emulator.pxbackup.wire.ApiFailure;
import org.cloudstackbackup.emulator.pxbackup.wire.Code;
import org.jspecify.annotations.Nullable;

/** The token issuer beside the server, as far as its clients use it. For many threads. */
final class Tokens {
    static final String BASE = "/auth/";

    private static final String REALM = "/auth/realms/master";
    private static final String TOKEN = REALM + "/protocol/openid-connect/token";
    private static final String KEYS = REALM + "/protocol/openid-connect/certs";
    private static final String DISCOVERY = REALM + "/.well-known/openid-configuration";
    private static final String USERS = "/auth/admin/realms/master/users";
    private static final String CLIENT = "pxcentral";
    private static final String KEY_ID = "emulator";
    private static final int MOST_TOKENS = 10_000;
    /** One for all emulators of a process: making it takes longer than everything else at the start. */
    private static final KeyPair KEY_PAIR = keyPair();

    private final Clock clock;
    private final Timings timings;
    private final String staticToken;
    private final Map<String, User> users = new LinkedHashMap<>();
    private final Map<String, Issued> access = bounded();
    private final Map<String, Issued> refresh = bounded();
    private final String session = UUID.randomUUID().toString();

    /** @param staticToken always good for the first user; empty for none */
    Tokens(Clock clock, Timings timings, String staticToken) {
        this.clock = requireNonNull(clock, "clock is null");
        this.timings = requireNonNull(timings, "timings is null");
        this.staticToken = requireNonNull(staticToken, "staticToken is null");
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has RSA", e);
        }
    }

    synchronized void put(User user) {
        users.put(user.name(), user);
    }

    synchronized void clear() {
        users.clear();
        access.clear();
        refresh.clear();
    }

    synchronized List<User> users() {
        return List.copyOf(users.values());
    }

    /** @throws ApiFailure 401 when the bearer token is missing, unknown or too old */
    synchronized User user(Call call) {
        String token = bearer(call);
        if (token.isEmpty()) {
            throw refused("no bearer token in the authorization header");
        }
        if (token.equals(staticToken)) {
            return users.values().iterator().next();
        }
        Issued issued = access.get(token);
        if (issued == null) {
            throw refused("token is invalid");
        }
        if (!clock.instant().isBefore(issued.end())) {
            throw refused("token is expired");
        }
        return issued.user();
    }

    /** Makes the call's token useless; a static one only for this call. */
    synchronized ApiFailure expire(Call call) {
        access.remove(bearer(call));
        return refused("token is expired");
    }

    /** Makes all tokens useless, and with them the refresh tokens if wanted. */
    synchronized void expireAll(boolean withRefresh) {
        access.clear();
        if (withRefresh) {
            refresh.clear();
        }
    }

    /** Issues an access token without the endpoint. */
    synchronized String issue(User user) {
        String token = jwt(user, clock.instant().plus(timings.token()), "Bearer");
        access.put(token, new Issued(user, clock.instant().plus(timings.token())));
        return token;
    }

    /** Answers what is under {@link #BASE}. */
    synchronized Answer answer(Call call) {
        return switch (call.path()) {
            case TOKEN -> call.method().equals("POST") ? grant(call) : Answer.text(405, "Method Not Allowed");
            case KEYS -> Answer.json(200, jwks());
            case DISCOVERY -> Answer.json(200, discovery(call));
            case USERS -> userList(call);
            default -> Answer.json(404, error("Unable to find matching target resource method", ""));
        };
    }

    private Answer grant(Call call) {
        Map<String, String> form = Call.form(call.body()).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (first, second) -> second));
        if (!call.header("content-type").startsWith("application/x-www-form-urlencoded")) {
            return Answer.json(415, error("HTTP 415 Unsupported Media Type", ""));
        }
        if (!form.getOrDefault("client_id", "").equals(CLIENT)) {
            return Answer.json(401, error("invalid_client", "Invalid client or Invalid client credentials"));
        }
        return switch (form.getOrDefault("grant_type", "")) {
            case "password" -> password(form);
            case "refresh_token" -> refreshed(form.getOrDefault("refresh_token", ""));
            case "" -> Answer.json(400, error("invalid_request", "Missing form parameter: grant_type"));
            default -> Answer.json(400, error("unsupported_grant_type", "Unsupported grant_type"));
        };
    }

    private Answer password(Map<String, String> form) {
        User user = users.get(form.getOrDefault("username", ""));
        if (user == null || !user.password().equals(form.getOrDefault("password", ""))) {
            return Answer.json(401, error("invalid_grant", "Invalid user credentials"));
        }
        if (!user.enabled()) {
            return Answer.json(400, error("invalid_grant", "Account disabled"));
        }
        return granted(user);
    }

    private Answer refreshed(String token) {
        Issued issued = refresh.remove(token);
        if (issued == null || !clock.instant().isBefore(issued.end())) {
            return Answer.json(400, error("invalid_grant", "Token is not active"));
        }
        return granted(issued.user());
    }

    private Answer granted(User user) {
        Instant end = clock.instant().plus(timings.refreshToken());
        String renewal = jwt(user, end, "Refresh");
        refresh.put(renewal, new Issued(user, end));
        JsonObject granted = new JsonObject();
        granted.addProperty("access_token", issue(user));
        granted.addProperty("expires_in", timings.token().toSeconds());
        granted.addProperty("refresh_expires_in", timings.refreshToken().toSeconds());
        granted.addProperty("refresh_token", renewal);
        granted.addProperty("token_type", "Bearer");
        granted.addProperty("not-before-policy", 0);
        granted.addProperty("session_state", session);
        granted.addProperty("scope", "profile email");
        return Answer.json(200, granted);
    }

    private String jwt(User user, Instant end, String type) {
        JsonObject head = new JsonObject();
        head.addProperty("alg", "RS256");
        head.addProperty("typ", "JWT");
        head.addProperty("kid", KEY_ID);
        JsonObject claims = new JsonObject();
        claims.addProperty("exp", end.getEpochSecond());
        claims.addProperty("iat", clock.instant().getEpochSecond());
        claims.addProperty("jti", UUID.randomUUID().toString());
        claims.addProperty("iss", REALM);
        claims.addProperty("aud", "account");
        claims.addProperty("sub", user.id());
        claims.addProperty("typ", type);
        claims.addProperty("azp", CLIENT);
        claims.addProperty("preferred_username", user.name());
        claims.add(
                "groups",
                Tree.arrayOfTexts(user.groups().stream().map(each -> "/" + each).toList()));
        claims.add("roles", Tree.arrayOfTexts(user.roles()));
        String content = base64(head.toString()) + "." + base64(claims.toString());
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(KEY_PAIR.getPrivate());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A token could not be signed", e);
        }
    }

    private JsonObject jwks() {
        RSAPublicKey key = (RSAPublicKey) KEY_PAIR.getPublic();
        JsonObject told = new JsonObject();
        told.addProperty("kid", KEY_ID);
        told.addProperty("kty", "RSA");
        told.addProperty("alg", "RS256");
        told.addProperty("use", "sig");
        told.addProperty("n", base64(unsigned(key.getModulus())));
        told.addProperty("e", base64(unsigned(key.getPublicExponent())));
        return Tree.of("keys", Tree.array(List.of(told)));
    }

    private static JsonObject discovery(Call call) {
        String base = "http://" + call.header("host");
        JsonObject told = new JsonObject();
        told.addProperty("issuer", base + REALM);
        told.addProperty("token_endpoint", base + TOKEN);
        told.addProperty("jwks_uri", base + KEYS);
        told.add("grant_types_supported", Tree.arrayOfTexts(List.of("password", "refresh_token")));
        return told;
    }

    private Answer userList(Call call) {
        try {
            if (!user(call).isSuperAdmin()) {
                return Answer.json(403, error("HTTP 403 Forbidden", ""));
            }
        } catch (ApiFailure e) {
            return Answer.json(401, error("HTTP 401 Unauthorized", ""));
        }
        Map<String, String> query = call.parameters().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (first, second) -> second));
        String wanted = query.getOrDefault("username", query.getOrDefault("email", ""));
        JsonArray found = new JsonArray();
        for (User user : users.values()) {
            String email = user.name() + "@example.com";
            if (user.name().contains(wanted) || email.equals(wanted.toLowerCase(Locale.ROOT))) {
                JsonObject told = new JsonObject();
                told.addProperty("id", user.id());
                told.addProperty("username", user.name());
                told.addProperty("email", email);
                told.addProperty("enabled", user.enabled());
                found.add(told);
            }
        }
        return new Answer(200, "application/json", Map.of(), found.toString());
    }

    private static JsonObject error(String error, String description) {
        JsonObject body = new JsonObject();
        body.addProperty("error", error);
        if (!description.isEmpty()) {
            body.addProperty("error_description", description);
        }
        return body;
    }

    private static ApiFailure refused(String text) {
        return new ApiFailure(Code.UNAUTHENTICATED, text);
    }

    private static String bearer(Call call) {
        String header = call.header("authorization");
        return header.toLowerCase(Locale.ROOT).startsWith("bearer ")
                ? header.substring(7).strip()
                : "";
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Map<String, Issued> bounded() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.@Nullable Entry<String, Issued> eldest) {
                return size() > MOST_TOKENS;
            }
        };
    }

    private record Issued(User user, Instant end) {}
}
