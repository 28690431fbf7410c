/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cloudstackbackup.framework.identity.Caller;
import org.jspecify.annotations.Nullable;

/** Answers API requests, whatever brought them. Safe for use by many threads. */
final class ApiEndpoint {
    private static final String ERROR_KEY = "errorresponse";
    private static final String NO_COMMAND_KEY = "null";
    private static final String UNKNOWN = "unknown";
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_ALLOWED = 405;
    private static final int UNSUPPORTED = 432;

    private final CommandDispatcher dispatcher;
    private final Authenticator authenticator;
    private final LoginCommands logins;
    private final ApiConfig config;
    private final RequestObserver observer;
    private final ApiPorts ports;

    ApiEndpoint(ApiConfig config, ApiPorts ports, CommandDispatcher dispatcher, RequestObserver observer) {
        this.config = config;
        this.dispatcher = dispatcher;
        this.authenticator = new Authenticator(ports);
        this.logins = new LoginCommands(ports, config, authenticator);
        this.observer = observer;
        this.ports = ports;
    }

    ApiReply answer(ApiRequest request) {
        long start = System.nanoTime();
        ApiReply reply = answerOf(request);
        observer.answered(label(request), reply.status(), Duration.ofNanos(System.nanoTime() - start));
        return reply;
    }

    private ApiReply answerOf(ApiRequest request) {
        if (LoginCommands.isLogin(request.command()) || LoginCommands.isLogout(request.command())) {
            return answerLogin(request);
        }
        return OpenCommands.include(request.command()) ? answerOpen(request) : answerCommand(request);
    }

    private ApiReply answerOpen(ApiRequest request) {
        String key = OpenCommands.key(request.command());
        try {
            return reply(request, OK, key, OpenCommands.answer(request.command()), false);
        } catch (FailureException e) {
            return failed(request, key, e.failure(), false);
        }
    }

    /** The answer to a request that could not even be read. */
    ApiReply refuse(ApiRequest request, FailureException failure) {
        String key = noCommand(request) ? ERROR_KEY : errorKey(request);
        ApiReply reply = failed(request, key, failure, false);
        observer.answered(label(request), reply.status(), Duration.ZERO);
        return reply;
    }

    private ApiReply answerLogin(ApiRequest request) {
        boolean login = LoginCommands.isLogin(request.command());
        String key = login ? "loginresponse" : "logoutresponse";
        if (login && !request.isPost()) {
            return ApiReply.plain(
                    NOT_ALLOWED,
                    "login takes POST only, so that passwords are in no log\n",
                    Map.of("Allow", List.of("POST")));
        }
        try {
            LoginCommands.Outcome outcome = login ? logins.login(request) : logins.logout(request);
            return reply(request, OK, key, outcome.body(), true)
                    .with(LoginCommands.SET_COOKIE, outcome.cookies())
                    .with("Cache-Control", List.of("no-store"));
        } catch (FailureException e) {
            return failed(request, key, e, false);
        } catch (Exception e) {
            return failed(request, key, Failures.of(e, request.command() + " from " + request.remoteAddress()), false);
        }
    }

    private ApiReply answerCommand(ApiRequest request) {
        boolean verified = false;
        String key = errorKey(request);
        try {
            Authenticator.Verified sender = authenticator.verify(request);
            verified = true;
            refuseHasty(sender.caller());
            key = ERROR_KEY;
            CommandDescriptor command = allowed(request, sender);
            key = command.responseName();
            refuseReadingMethod(request, command);
            Object response = dispatcher.call(command, request.params().byName(), sender.caller(), request.method());
            return reply(request, OK, key, body(response, sender.caller()), true);
        } catch (FailureException e) {
            boolean forged = e.failure().errorCode() == 401;
            return failed(request, forged || noCommand(request) ? errorKey(request) : key, e, verified && !forged);
        } catch (Exception e) {
            return failed(request, key, Failures.of(e, what(request)), verified);
        }
    }

    private CommandDescriptor allowed(ApiRequest request, Authenticator.Verified sender) {
        String name = request.command();
        if (name == null || name.isEmpty()) {
            throw sender.signed()
                    ? FailureException.unauthorized(Authenticator.NOT_VERIFIED)
                    : new FailureException(BAD_REQUEST, "The request has no parameter command");
        }
        Optional<CommandDescriptor> command = dispatcher.registry().find(name);
        if (command.isEmpty()) {
            throw sender.signed()
                    ? FailureException.unauthorized(Authenticator.NOT_VERIFIED)
                    : new FailureException(UNSUPPORTED, "Unknown API command: " + name);
        }
        if (!CommandAccess.mayCall(sender.caller().role(), command.get())) {
            String text = "The given command '" + name + "' either does not exist or is not available for user "
                    + sender.caller().user().username();
            throw sender.signed() ? FailureException.unauthorized(text) : new FailureException(UNSUPPORTED, text);
        }
        return command.get();
    }

    private void refuseHasty(Caller caller) {
        ports.limiter().count(caller).ifPresent(wait -> {
            throw FailureException.tooMany(
                    "The given user has reached his/her account api limit, please retry after " + wait.toMillis()
                            + " ms.",
                    wait);
        });
    }

    /** A link or an image in a foreign page can make a browser send a GET. */
    private void refuseReadingMethod(ApiRequest request, CommandDescriptor command) {
        if (!request.isPost()
                && !CommandAccess.isReadOnly(command.name())
                && ports.rules().postAndTimestampsEnforced()) {
            throw new FailureException(
                    BAD_REQUEST, "State changing command " + command.name() + " needs to be sent using POST request");
        }
    }

    private JsonObject body(@Nullable Object response, Caller caller) {
        return response == null ? new JsonObject() : dispatcher.tree().body(response, caller.role());
    }

    private static boolean noCommand(ApiRequest request) {
        return request.command() == null || request.command().isEmpty();
    }

    private String errorKey(ApiRequest request) {
        if (noCommand(request)) {
            return NO_COMMAND_KEY;
        }
        return dispatcher
                .registry()
                .find(String.valueOf(request.command()))
                .map(CommandDescriptor::responseName)
                .orElse(ERROR_KEY);
    }

    private String label(ApiRequest request) {
        if (LoginCommands.isLogin(request.command())) {
            return "login";
        }
        if (LoginCommands.isLogout(request.command())) {
            return "logout";
        }
        return noCommand(request)
                ? UNKNOWN
                : dispatcher
                        .registry()
                        .find(String.valueOf(request.command()))
                        .map(CommandDescriptor::name)
                        .orElse(UNKNOWN);
    }

    private static String what(ApiRequest request) {
        return "command " + ApiReply.headerText(String.valueOf(request.command())) + " from " + request.remoteAddress();
    }

    private ApiReply failed(ApiRequest request, String key, FailureException failure, boolean verified) {
        ApiReply reply = failed(request, key, failure.failure(), verified);
        return failure.retryAfter()
                .map(wait -> reply.with("Retry-After", List.of(Long.toString(wholeSeconds(wait)))))
                .orElse(reply);
    }

    private static long wholeSeconds(Duration wait) {
        return Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
    }

    private ApiReply failed(ApiRequest request, String key, ApiFailure failure, boolean verified) {
        ApiReply reply = reply(request, failure.errorCode(), key, ResponseTree.failure(failure), verified);
        return reply.with("X-Description", List.of(ApiReply.headerText(failure.text())));
    }

    private ApiReply reply(ApiRequest request, int status, String key, JsonObject body, boolean verified) {
        if (request.wantsJson()) {
            JsonObject envelope = new JsonObject();
            envelope.add(key, body);
            return new ApiReply(status, "application/json;charset=utf-8", JsonWriting.write(envelope), Map.of());
        }
        String text = XmlWriting.write(key, body, verified ? config.version() : null);
        return new ApiReply(status, "text/xml;charset=utf-8", text, Map.of());
    }
}
