/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.resource.ResourceFactory;

/**
 * Serves the files of CloudStack's UI at {@code /client/}. Nothing outside of the folder is reachable: neither by {@code ..} nor
 * by a link in it. Folders are not listed.
 */
final class UiFolder extends Handler.Wrapper {
    static final String PATH = "/client";

    private static final String POLICY = "frame-ancestors 'self'; object-src 'none'; base-uri 'self'";
    /** Names that the UI's build makes from the content, such as {@code app.1a2b3c4d.js}: what is under them never changes. */
    private static final Pattern HASHED = Pattern.compile(".*[.-][0-9a-f]{8,}\\.[a-z0-9.]+");

    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String ASK_AGAIN = "no-cache";

    private UiFolder(Handler next) {
        super(next);
    }

    /** @param folder what the build of the UI makes, with {@code index.html} and {@code config.json} in it */
    static Handler over(Path folder) {
        ResourceHandler files = new ResourceHandler();
        files.setBaseResource(ResourceFactory.root().newResource(real(folder)));
        files.setDirAllowed(false);
        files.setEtags(true);
        files.setWelcomeFiles("index.html");
        ContextHandler context = new ContextHandler(files, PATH);
        context.setAliasChecks(List.of());
        return new UiFolder(context);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = Request.getPathInContext(request);
        if (path.equals("/")) {
            Response.sendRedirect(request, response, callback, PATH + "/");
            return true;
        }
        if (!path.equals(PATH) && !path.startsWith(PATH + "/")) {
            return false;
        }
        response.getHeaders().put("Content-Security-Policy", POLICY);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, HASHED.matcher(path).matches() ? FOR_EVER : ASK_AGAIN);
        boolean handled = super.handle(request, response, callback);
        if (!handled) {
            response.getHeaders().remove(HttpHeader.CACHE_CONTROL);
        }
        return handled;
    }

    /** A folder that is itself behind a link would otherwise look like a way out of itself. */
    private static URI real(Path folder) {
        try {
            return folder.toRealPath().toUri();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException("Cannot read the folder of the UI, " + folder, e);
        }
    }
}
