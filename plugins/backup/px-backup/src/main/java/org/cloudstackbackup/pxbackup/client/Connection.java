/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.cloudstackbackup.pxbackup.client.PxBackupConfig.Limits;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;
import org.jspecify.annotations.Nullable;

/** Calls one PX-Backup: with a token, in the dialect of its line, repeated where that does no harm. For many threads. */
final class Connection implements AutoCloseable {
    static final String HEALTH = "/v1/health";

    private final PxBackupConfig config;
    private final Repeater repeater;
    private final HttpTransport transport;
    private final Tokens tokens;
    private volatile @Nullable ServerLine line;

    Connection(PxBackupConfig config, Clock clock, Pause pause) {
        this.config = config;
        this.repeater = new Repeater(config.limits().attempts(), pause);
        this.transport = new HttpTransport(
                "api_url", Address.of("api_url", config.apiUrl()), config.tls(), config.limits(), clock);
        this.tokens = tokens(config, repeater, clock);
    }

    private static Tokens tokens(PxBackupConfig config, Repeater repeater, Clock clock) {
        if (config.login() instanceof Login.Password password) {
            Address issuer = Address.of("auth_url", password.authUrl());
            return new IssuedTokens(
                    password,
                    new HttpTransport("auth_url", issuer, config.authTls(), config.limits(), clock),
                    repeater,
                    clock);
        }
        return new Tokens.Fixed(((Login.Token) config.login()).token());
    }

    Limits limits() {
        return config.limits();
    }

    String organisation() {
        return config.organisation();
    }

    Repeater repeater() {
        return repeater;
    }

    /** The server's line, asked once per connection. */
    ServerLine line() {
        ServerLine known = line;
        return known == null ? freshLine() : known;
    }

    private ServerLine freshLine() {
        ServerLine fresh = ServerLine.of(version(), "GET /v1/version");
        if (!fresh.has(ServerLine.OLDEST)) {
            throw PxBackupException.unsupported(
                    "PX-Backup " + fresh + " is too old; " + ServerLine.OLDEST + " is the oldest that can be used");
        }
        line = fresh;
        return fresh;
    }

    Version version() {
        Version.Reply reply = Json.read(send(Call.get("/v1/version")).body(), Version.Reply.class, "GET /v1/version");
        return reply.version() == null ? new Version(null, null, null, null, null, null) : reply.version();
    }

    /** Does a call in the server's dialect, and once more when the server was exchanged for another line in between. */
    Answer inDialect(Function<ServerLine, Call> call) {
        return afterExchange(used -> send(call.apply(used)));
    }

    private Answer afterExchange(Function<ServerLine, Answer> action) {
        ServerLine used = line();
        try {
            return action.apply(used);
        } catch (PxBackupException e) {
            if (!e.saidByRouter() || freshLine().equals(used)) {
                throw e;
            }
            return action.apply(line());
        }
    }

    <T> T inDialect(Function<ServerLine, Call> call, Class<T> type, String told) {
        return Json.read(inDialect(call).body(), type, told);
    }

    /** Does a call by the rules of its {@link Call.Repeat}. */
    Answer send(Call call) {
        if (!call.path().equals(HEALTH)) {
            tokens.current(); // here, so that an issuer that is down is not asked again by each of our tries
        }
        boolean uncertain = false;
        for (int attempt = 1; ; attempt++) {
            try {
                return once(call);
            } catch (PxBackupException e) {
                if (uncertain && call.method().equals("DELETE") && e.reason() == Reason.NOT_FOUND) {
                    return new Answer(200, new byte[] {'{', '}'}, null); // an earlier try had done it
                }
                if (call.repeat() == Call.Repeat.NEVER || !repeater.again(e, call.repeat(), attempt)) {
                    throw e;
                }
                uncertain = true;
                repeater.await(e.retryAfter(), attempt);
            }
        }
    }

    /**
     * Creates an object. After a lost answer it is looked up before the call is repeated, so that one call makes one object.
     *
     * @param made what an earlier try has made, if anything
     */
    <T> T create(Function<ServerLine, Call> call, Function<Answer, T> read, Supplier<Optional<T>> made) {
        tokens.current(); // without a token nothing was sent, and nothing has to be looked up
        boolean uncertain = false;
        for (int attempt = 1; ; attempt++) {
            try {
                return read.apply(afterExchange(used -> once(call.apply(used))));
            } catch (PxBackupException e) {
                boolean lost =
                        Repeater.isPassing(e) || e.reason() == Reason.MALFORMED || e.reason() == Reason.TOO_LARGE;
                if (!lost && !(uncertain && e.reason() == Reason.CONFLICT)) {
                    throw e;
                }
                Optional<T> found = lookUp(made, e);
                if (found.isPresent()) {
                    return found.get();
                }
                if (!repeater.again(e, Call.Repeat.CHANGE, attempt)) {
                    throw e;
                }
                uncertain = true;
                repeater.await(e.retryAfter(), attempt);
            }
        }
    }

    private static <T> Optional<T> lookUp(Supplier<Optional<T>> made, PxBackupException lost) {
        try {
            return made.get();
        } catch (PxBackupException e) {
            e.addSuppressed(lost);
            throw new PxBackupException(
                    e.reason(),
                    lost.getMessage() + "; whether it was done is unknown, since looking it up failed: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Sends once, and once more with a new token when the server refuses the one it got. */
    private Answer once(Call call) {
        if (call.path().equals(HEALTH)) {
            return good(call, transport.send(call.method(), call.path(), null, null), null);
        }
        String token = tokens.current();
        Answer answer = sent(call, token);
        if (answer.status() == 401 && tokens.refused(token)) {
            token = tokens.current();
            answer = sent(call, token);
        }
        return good(call, answer, token);
    }

    private Answer sent(Call call, String token) {
        JsonNode body = call.body();
        HttpEntity entity = body == null ? null : new ByteArrayEntity(Json.bytes(body), ContentType.APPLICATION_JSON);
        return transport.send(call.method(), call.path(), "Bearer " + token, entity);
    }

    private static Answer good(Call call, Answer answer, @Nullable String token) {
        if (answer.isGood()) {
            return answer;
        }
        throw Failures.of(call, answer, token);
    }

    @Override
    public void close() {
        transport.close();
        tokens.close();
    }
}
