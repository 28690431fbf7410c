/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Brings HTTP requests to the endpoint. A form is read without holding a thread; only a complete one is acted upon. */
final class ApiHandler extends Handler.Abstract {
    static final int MOST_FORM_BYTES = 1024 * 1024;

    private static final String PATH = "/client/api";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int TOO_LARGE = 413;
    private static final int BAD_REQUEST = 400;
    private static final int UNSUPPORTED_TYPE = 415;

    private final ApiEndpoint endpoint;
    private final Executor executor;

    /** @param executor runs commands once their form has arrived */
    ApiHandler(ApiEndpoint endpoint, Executor executor) {
        this.endpoint = endpoint;
        this.executor = executor;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        if (!path.equals(PATH) && !path.equals(PATH + "/")) {
            return false;
        }
        switch (request.getMethod()) {
            case "GET" -> write(response, callback, answer(request, null));
            case "POST" -> readForm(request, response, callback);
            default ->
                write(
                        response,
                        callback,
                        ApiReply.plain(405, "The API takes GET and POST\n", Map.of("Allow", List.of("GET, POST"))));
        }
        return true;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the last stage ends the exchange either way
    private void readForm(Request request, Response response, Callback callback) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (request.getLength() != 0
                && type != null
                && !type.toLowerCase(Locale.ROOT).startsWith(FORM)) {
            write(
                    response,
                    callback,
                    refuse(request, new FailureException(UNSUPPORTED_TYPE, "A POST's body must be " + FORM)));
            return;
        }
        if (request.getLength() > MOST_FORM_BYTES) {
            write(response, callback, refuse(request, tooLarge(null)));
            return;
        }
        Content.Source.asByteArrayAsync(request, MOST_FORM_BYTES)
                .thenApply(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .handleAsync(
                        (form, failure) ->
                                failure == null ? answer(request, form) : refuse(request, unreadable(failure)),
                        executor)
                .whenComplete((reply, failure) -> {
                    if (failure == null) {
                        write(response, callback, reply);
                    } else {
                        callback.failed(failure);
                    }
                });
    }

    private ApiReply answer(Request request, @Nullable String form) {
        RequestParams params = new RequestParams();
        ApiRequest read = request(request, params);
        try {
            addQuery(request, params);
            if (form != null) {
                params.add(form);
            }
        } catch (FailureException e) {
            return endpoint.refuse(read, e);
        }
        return endpoint.answer(read);
    }

    /** What the query says about the command and the form of the answer counts although the body is of no use. */
    private ApiReply refuse(Request request, FailureException failure) {
        RequestParams params = new RequestParams();
        ApiRequest read = request(request, params);
        try {
            addQuery(request, params);
        } catch (FailureException e) {
            failure.addSuppressed(e);
        }
        return endpoint.refuse(read, failure);
    }

    private static void addQuery(Request request, RequestParams params) {
        String query = request.getHttpURI().getQuery();
        if (query != null) {
            params.add(query);
        }
    }

    private static ApiRequest request(Request request, RequestParams params) {
        Map<String, String> cookies = new HashMap<>();
        for (HttpCookie cookie : Request.getCookies(request)) {
            cookies.putIfAbsent(cookie.getName(), cookie.getValue());
        }
        return new ApiRequest(request.getMethod(), params, cookies, Request.getRemoteAddr(request), request.isSecure());
    }

    private static FailureException unreadable(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof IllegalStateException) {
            return tooLarge(cause);
        }
        String reason = cause instanceof EOFException || cause.getMessage() == null
                ? "it ends too early"
                : "it could not be read to its end";
        return new FailureException(BAD_REQUEST, "The request's body was not acted upon: " + reason, cause);
    }

    private static FailureException tooLarge(@Nullable Throwable cause) {
        return new FailureException(
                TOO_LARGE,
                FailureException.UNMAPPED,
                "The request's body is larger than " + MOST_FORM_BYTES + " bytes",
                cause);
    }

    private static void write(Response response, Callback callback, ApiReply reply) {
        response.setStatus(reply.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.contentType());
        reply.headers()
                .forEach((name, values) ->
                        values.forEach(value -> response.getHeaders().add(name, value)));
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
