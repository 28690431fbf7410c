/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import com.fasterxml.jackson.databind.JsonNode;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Answered;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;
import org.jspecify.annotations.Nullable;

/** Makes exceptions of answers that are no success: the envelope of handlers, plain text of the router, pages of an ingress. */
final class Failures {
    private Failures() {}

    static PxBackupException of(Call call, Answer answer, @Nullable String secret) {
        JsonNode envelope = Json.objectIn(answer.body());
        String text = envelope == null ? answer.text() : told(envelope);
        if (secret != null) {
            text = text.replace(secret, "[token]");
        }
        int code = envelope == null ? -1 : envelope.path("code").asInt(-1);
        Reason reason = reason(answer.status(), code);
        if (envelope == null && call.path().startsWith("/v1/") && (answer.status() == 404 || answer.status() == 405)) {
            reason = Reason.UNSUPPORTED_BY_SERVER;
            text = "the server has no such call (" + text + ")";
        }
        String message =
                "PX-Backup answered " + answer.status() + " to " + call.told() + (text.isEmpty() ? "" : ": " + text);
        return new PxBackupException(
                reason,
                message,
                new Answered(answer.status(), code, text, envelope != null, answer.retryAfter()),
                null);
    }

    private static String told(JsonNode envelope) {
        String message = envelope.path("message").asText("");
        return Answer.shorten(message.isEmpty() ? envelope.path("error").asText("") : message);
    }

    /** The gRPC code says more than the status it is mapped to. */
    private static Reason reason(int status, int code) {
        return switch (code) {
            case 1, 4 -> Reason.TIMEOUT;
            case 3, 9, 11 -> Reason.REFUSED;
            case 5 -> Reason.NOT_FOUND;
            case 6, 10 -> Reason.CONFLICT;
            case 7 -> Reason.FORBIDDEN;
            case 8 -> Reason.THROTTLED;
            case 12 -> Reason.UNSUPPORTED_BY_SERVER;
            case 14 -> Reason.UNAVAILABLE;
            case 16 -> Reason.UNAUTHENTICATED;
            default -> byStatus(status);
        };
    }

    private static Reason byStatus(int status) {
        return switch (status) {
            case 401 -> Reason.UNAUTHENTICATED;
            case 403 -> Reason.FORBIDDEN;
            case 404 -> Reason.NOT_FOUND;
            case 408, 504 -> Reason.TIMEOUT;
            case 409 -> Reason.CONFLICT;
            case 429 -> Reason.THROTTLED;
            case 501 -> Reason.UNSUPPORTED_BY_SERVER;
            case 502, 503 -> Reason.UNAVAILABLE;
            default -> status >= 500 ? Reason.SERVER_ERROR : status >= 400 ? Reason.REFUSED : Reason.MALFORMED;
        };
    }
}
