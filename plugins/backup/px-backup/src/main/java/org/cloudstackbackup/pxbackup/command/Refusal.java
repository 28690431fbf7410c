/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.cloudstack.api.ApiErrorCode;
import org.apache.cloudstack.api.ServerApiException;
import org.cloudstackbackup.pxbackup.client.Backups;
import org.cloudstackbackup.pxbackup.client.Operation;
import org.cloudstackbackup.pxbackup.client.PxBackupException;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;
import org.cloudstackbackup.pxbackup.client.Schedules;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/** Failures as callers of the API are told: with CloudStack's codes, and with parameters by the names that callers write. */
final class Refusal {
    /** Parts of a parameter that are parameters of their own here. */
    private static final Pattern PARTS =
            Pattern.compile("\\b(ownership|backup_?share)\\.(owner|groups|collaborators|public)\\b(\\.type\\b)?");

    private static final Pattern NAMES = Pattern.compile("\\b("
            + Stream.concat(
                            Stream.of("start_time", "end_time", "sort_by", "sort_order"),
                            Stream.of(Operation.values())
                                    .flatMap(each -> Stream.concat(
                                            Backups.parameters(each).stream(), Schedules.parameters(each).stream())))
                    .filter(each -> each.contains("_"))
                    .distinct()
                    .sorted(Comparator.reverseOrder())
                    .collect(Collectors.joining("|"))
            + ")\\b");

    private Refusal() {}

    /** What a caller wrote cannot work. */
    static ServerApiException of(String text) {
        return exception(ErrorKind.USER, text, null);
    }

    static ServerApiException of(ProviderException failure) {
        return exception(failure.kind(), failure.text(), failure);
    }

    /** What PX-Backup or its client refused. */
    static ServerApiException of(PxBackupException failure) {
        String text = String.valueOf(failure.getMessage());
        return exception(
                kindOf(failure.reason()),
                failure.reason() == Reason.PARAMETER ? inApi(text) : supported(text),
                failure);
    }

    /** A text about parameters with the names that the API has for them. */
    static String inApi(String text) {
        String plain = NAMES.matcher(text).replaceAll(found -> apiName(found.group()));
        return PARTS.matcher(plain).replaceAll(found -> apiName(found.group(1) + found.group(2)));
    }

    /** Only what the client itself says names parameters; the server's words are kept. */
    private static String supported(String text) {
        return text.startsWith("Parameter ") ? inApi(text) : text;
    }

    static String apiName(String documented) {
        return documented.replace("_", "").replace(".", "").toLowerCase(Locale.ROOT);
    }

    private static ErrorKind kindOf(Reason reason) {
        return switch (reason) {
            case PARAMETER, UNSUPPORTED_BY_SERVER, SETTINGS, REFUSED -> ErrorKind.USER;
            case NOT_FOUND -> ErrorKind.NOT_FOUND;
            case CONFLICT -> ErrorKind.CONFLICT;
            case UNKNOWN_HOST, UNREACHABLE, TIMEOUT, THROTTLED, UNAVAILABLE, INTERRUPTED -> ErrorKind.UNAVAILABLE;
            case TLS, UNAUTHENTICATED, FORBIDDEN, SERVER_ERROR, MALFORMED, TOO_LARGE -> ErrorKind.EXTERNAL;
        };
    }

    private static ServerApiException exception(ErrorKind kind, String text, @Nullable Throwable cause) {
        Code code = Code.of(kind);
        ServerApiException exception = new ServerApiException(code.http(), text, cause);
        exception.setCSErrorCode(code.cloudStack());
        return exception;
    }

    /** What CloudStack answers to a kind of failure. */
    private record Code(ApiErrorCode http, int cloudStack) {
        static Code of(ErrorKind kind) {
            return switch (kind) {
                case USER, NOT_FOUND -> new Code(ApiErrorCode.PARAM_ERROR, 4350);
                case CONFLICT -> new Code(ApiErrorCode.RESOURCE_IN_USE_ERROR, 4375);
                case LIMIT -> new Code(ApiErrorCode.RESOURCE_ALLOCATION_ERROR, 4370);
                case UNAVAILABLE -> new Code(ApiErrorCode.RESOURCE_UNAVAILABLE_ERROR, 4380);
                case EXTERNAL, INTERNAL -> new Code(ApiErrorCode.INTERNAL_ERROR, 4250);
            };
        }
    }

    /** The names of several parameters, for a text. */
    static String names(List<String> documented) {
        return documented.stream().map(Refusal::apiName).sorted().collect(Collectors.joining(", "));
    }
}
