/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.bucket;

import java.util.Set;
import java.util.function.Supplier;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Stopped;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The single place where the SDK's exceptions become ours. */
final class S3Failures {
    private static final Set<String> FULL = Set.of(
            "QuotaExceeded",
            "XMinioStorageFull",
            "InsufficientStorage",
            "XMinioAdminBucketQuotaExceeded",
            "EntityTooLarge");
    private static final Set<String> REFUSED = Set.of("InvalidAccessKeyId", "SignatureDoesNotMatch", "AccessDenied");

    private S3Failures() {}

    static <T> T translate(String what, Supplier<T> request) {
        try {
            return request.get();
        } catch (AwsServiceException e) {
            String code = e.awsErrorDetails() == null
                    ? ""
                    : String.valueOf(e.awsErrorDetails().errorCode());
            String reason = e.awsErrorDetails() == null
                    ? ""
                    : ": " + code + " " + e.awsErrorDetails().errorMessage();
            throw new CallFailed(
                    classOf(e.statusCode(), code), what + " was answered " + e.statusCode() + reason, retryAfter(e), e);
        } catch (AbortedException e) {
            throw new Stopped("Stopped during " + what);
        } catch (ApiCallTimeoutException e) {
            throw new CallFailed(ErrorClass.TIMEOUT, what + " got no answer in time", e);
        } catch (SdkClientException e) {
            throw new CallFailed(ErrorClass.CONNECTION, what + " failed: " + e.getMessage(), e);
        }
    }

    private static ErrorClass classOf(int status, String code) {
        if (FULL.contains(code)) {
            return ErrorClass.FULL;
        }
        if (REFUSED.contains(code)) {
            return ErrorClass.FORBIDDEN;
        }
        // After this answer the SDK knows the store's time, and signs the next attempt with it.
        if (code.equals("RequestTimeTooSkewed")) {
            return ErrorClass.SERVER;
        }
        return code.equals("SlowDown") ? ErrorClass.THROTTLED : ErrorClass.ofStatus(status);
    }

    private static java.time.@org.jspecify.annotations.Nullable Duration retryAfter(AwsServiceException e) {
        if (e.awsErrorDetails() == null || e.awsErrorDetails().sdkHttpResponse() == null) {
            return null;
        }
        return e.awsErrorDetails()
                .sdkHttpResponse()
                .firstMatchingHeader("Retry-After")
                .filter(text -> text.matches("\\d{1,6}"))
                .map(text -> java.time.Duration.ofSeconds(Long.parseLong(text)))
                .orElse(null);
    }
}
