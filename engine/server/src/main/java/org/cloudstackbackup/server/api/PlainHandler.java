/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Serves the paths beside the API, and 404 for the rest. */
final class PlainHandler extends Handler.Abstract {
    private static final PlainAnswer NOT_FOUND =
            new PlainAnswer(404, "text/plain;charset=utf-8", "Nothing is here; the API is at /client/api\n");
    private static final PlainAnswer NOT_ALLOWED =
            new PlainAnswer(405, "text/plain;charset=utf-8", "This path takes GET\n");

    private final Map<String, Supplier<PlainAnswer>> paths;

    PlainHandler(Map<String, Supplier<PlainAnswer>> paths) {
        this.paths = Map.copyOf(paths);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        PlainAnswer answer = answer(request);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        response.setStatus(answer.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }

    private PlainAnswer answer(Request request) {
        Supplier<PlainAnswer> found = paths.get(Request.getPathInContext(request));
        if (found == null) {
            return NOT_FOUND;
        }
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        return reads ? found.get() : NOT_ALLOWED;
    }
}
