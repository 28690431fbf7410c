/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.bucket;

import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Stopped;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The single place where the SDK's exceptions, and answers that are errors, become ours. */
final class S3Failures {
    private static final Set<String> FULL =
            Set.of("QuotaExceeded", "XMinioStorageFull", "InsufficientStorage", "XMinioAdminBucketQuotaExceeded");
    private static final Set<String> REFUSED = Set.of("InvalidAccessKeyId", "SignatureDoesNotMatch", "AccessDenied");

    /** The store's clock and ours are too far apart. */
    static final String SKEWED = "RequestTimeTooSkewed";

    private S3Failures() {}

    static <T> T translate(String what, Supplier<T> request) {
        try {
            return request.get();
        } catch (AwsServiceException e) {
            var details = e.awsErrorDetails();
            String retryAfter = details == null || details.sdkHttpResponse() == null
                    ? null
                    : details.sdkHttpResponse()
                            .firstMatchingHeader("Retry-After")
                            .orElse(null);
            throw refused(
                    what,
                    e.statusCode(),
                    details == null ? "" : String.valueOf(details.errorCode()),
                    details == null ? "" : String.valueOf(details.errorMessage()),
                    retryAfter,
                    e);
        } catch (AbortedException e) {
            throw new Stopped("Stopped during " + what);
        } catch (ApiCallTimeoutException e) {
            throw new CallFailed(ErrorClass.TIMEOUT, what + " got no answer in time", e);
        } catch (SdkClientException e) {
            throw new CallFailed(ErrorClass.CONNECTION, what + " failed: " + e.getMessage(), e);
        }
    }

    /** What an answer with an error means; code and message are empty where the store gave none. */
    static CallFailed refused(
            String what,
            int status,
            String code,
            String message,
            @Nullable String retryAfter,
            @Nullable Throwable cause) {
        String reason = code.isEmpty() && message.isEmpty() ? "" : ": " + code + " " + message;
        Duration wait = retryAfter != null && retryAfter.matches("\\d{1,6}")
                ? Duration.ofSeconds(Long.parseLong(retryAfter))
                : null;
        return new CallFailed(classOf(status, code), what + " was answered " + status + reason, wait, cause);
    }

    /** What the error of one key means in the answer to a call for many. */
    static CallFailed refusedOne(String what, String code, String message) {
        int status = code.equals("NoSuchKey") || code.equals("NoSuchBucket") ? 404 : 500;
        return new CallFailed(classOf(status, code), what + " was answered " + code + ": " + message, null);
    }

    private static ErrorClass classOf(int status, String code) {
        if (FULL.contains(code)) {
            return ErrorClass.FULL;
        }
        if (REFUSED.contains(code)) {
            return ErrorClass.FORBIDDEN;
        }
        // After this answer the store's time is known, and the next attempt signed with it.
        if (code.equals(SKEWED)) {
            return ErrorClass.SERVER;
        }
        return switch (code) {
            case "SlowDown" -> ErrorClass.THROTTLED;
            case "RequestTimeout" -> ErrorClass.TIMEOUT;
            // The body was damaged on its way, or the store was busy with the same key; the next attempt is another
            // one.
            case "BadDigest", "OperationAborted" -> ErrorClass.SERVER;
            case "EntityTooLarge" -> ErrorClass.INVALID;
            case "NotImplemented" -> ErrorClass.METHOD_NOT_ALLOWED;
            default -> status == 501 ? ErrorClass.METHOD_NOT_ALLOWED : ErrorClass.ofStatus(status);
        };
    }
}
