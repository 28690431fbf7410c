/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup.wire;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;

/** A call that the server refuses; the text and the code are what the caller gets. */
public final class ApiFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Code code;

    public ApiFailure(Code code, String text) {
        super(requireNonNull(text, "text is null"));
        this.code = requireNonNull(code, "code is null");
    }

    public static ApiFailure invalid(String text) {
        return new ApiFailure(Code.INVALID_ARGUMENT, text);
    }

    public static ApiFailure notFound(String text) {
        return new ApiFailure(Code.NOT_FOUND, text);
    }

    public static ApiFailure state(String text) {
        return new ApiFailure(Code.FAILED_PRECONDITION, text);
    }

    public static ApiFailure denied(String text) {
        return new ApiFailure(Code.PERMISSION_DENIED, text);
    }

    public Code code() {
        return code;
    }

    /** The body of the answer. */
    public JsonObject body() {
        return body(code.number(), String.valueOf(getMessage()));
    }

    /** The body of an error answer. */
    public static JsonObject body(int code, String text) {
        JsonObject body = new JsonObject();
        body.addProperty("error", text);
        body.addProperty("code", code);
        body.addProperty("message", text);
        return body;
    }
}
