/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cloudstackbackup.emulator.http.Answer;
import org.cloudstackbackup.emulator.http.Application;
import org.cloudstackbackup.emulator.http.Call;
import org.cloudstackbackup.emulator.pxbackup.wire.ApiFailure;
import org.cloudstackbackup.emulator.pxbackup.wire.Code;
import org.cloudstackbackup.emulator.pxbackup.wire.Codec;

/** Answers the calls on the API port, in the gateway's order: who calls, which call, what is asked, and only then the call. */
final class PxBackupServer implements Application {
    private final World world;
    private final Tokens tokens;
    private final Codec codec;
    private final List<Route> routes;

    /** @param lenientRouting serve the calls of all lines at once */
    PxBackupServer(World world, Tokens tokens, Codec codec, List<Route> routes, boolean lenientRouting) {
        this.world = requireNonNull(world, "world is null");
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.codec = requireNonNull(codec, "codec is null");
        this.routes = routes.stream()
                .filter(each -> lenientRouting || each.isIn(world.line()))
                .toList();
    }

    @Override
    public Answer answer(Call call) {
        if (call.path().startsWith(Tokens.BASE)) {
            return tokens.answer(call);
        }
        if (call.path().equals("/v1/health")) {
            return Answer.json(200, new JsonObject());
        }
        try {
            User user = tokens.user(call);
            return routed(call, user);
        } catch (ApiFailure e) {
            return Answer.json(e.code().status(), e.body());
        }
    }

    @Override
    public Answer expire(Call call) {
        ApiFailure refusal = tokens.expire(call);
        return Answer.json(refusal.code().status(), refusal.body());
    }

    @Override
    public String error(int status, int code, String message) {
        return ApiFailure.body(code == 0 ? Code.ofStatus(status).number() : code, message)
                .toString();
    }

    private Answer routed(Call call, User user) {
        List<String> segments = segments(call.path());
        if (segments.isEmpty() || segments.get(segments.size() - 1).contains(":")) {
            return Answer.text(404, "Not Found");
        }
        Optional<Found> found = find(call.method(), segments);
        if (found.isPresent()) {
            return run(found.get(), call, user);
        }
        boolean form = call.header("content-type").startsWith("application/x-www-form-urlencoded");
        if (call.method().equals("POST") && form) {
            String wanted = call.header("x-http-method-override");
            Optional<Found> other = find(wanted.isEmpty() ? "GET" : wanted, segments);
            if (other.isPresent()) {
                return run(
                        other.get(),
                        call.withFormAsQuery().withMethod(other.get().route().method()),
                        user);
            }
        }
        boolean known = routes.stream().anyMatch(each -> each.match(segments).isPresent());
        return known ? Answer.text(405, "Method Not Allowed") : Answer.text(404, "Not Found");
    }

    private Answer run(Found found, Call call, User user) {
        Route route = found.route();
        JsonObject body = route.input().isEmpty()
                ? new JsonObject()
                : route.takesBody()
                        ? codec.read(route.input(), call.body())
                        : codec.readQuery(route.input(), call.parameters());
        Request request = new Request(user, found.variables(), body);
        // Writing happens inside as well: what is told refers to objects that change.
        return world.inside(() ->
                Answer.json(200, codec.write(route.output(), route.operation().apply(request))));
    }

    private Optional<Found> find(String method, List<String> segments) {
        for (Route route : routes) {
            if (route.method().equals(method)) {
                Optional<Map<String, String>> variables = route.match(segments);
                if (variables.isPresent()) {
                    return Optional.of(new Found(route, variables.get()));
                }
            }
        }
        return Optional.empty();
    }

    /** Decoded first and split then, as the gateway does it: a slash in a name cannot be said. */
    private static List<String> segments(String path) {
        String decoded;
        try {
            decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return List.of();
        }
        return decoded.startsWith("/")
                ? new ArrayList<>(List.of(decoded.substring(1).split("/", -1)))
                : List.of();
    }

    private record Found(Route route, Map<String, String> variables) {}
}
