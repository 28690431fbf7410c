/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the answers of stores mean. */
class S3FailuresTest {
    @ParameterizedTest
    @CsvSource({
        "400, RequestTimeout, TIMEOUT",
        "400, BadDigest, SERVER",
        "409, OperationAborted, SERVER",
        "400, EntityTooLarge, INVALID",
        "501, NotImplemented, METHOD_NOT_ALLOWED",
        "501, '', METHOD_NOT_ALLOWED",
        "503, SlowDown, THROTTLED",
        "507, '', FULL",
        "403, RequestTimeTooSkewed, SERVER",
        "403, SignatureDoesNotMatch, FORBIDDEN",
        "412, PreconditionFailed, CONFLICT",
        "400, InvalidArgument, INVALID",
        "500, InternalError, SERVER"
    })
    void anAnswerMeansOneClass(int status, String code, ErrorClass expected) {
        assertThat(S3Failures.refused("PUT k", status, code, "", null, null).errorClass())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"AccessDenied, FORBIDDEN", "InternalError, SERVER", "SlowDown, THROTTLED", "NoSuchBucket, NOT_FOUND"})
    void theErrorOfOneKeyMeansTheSame(String code, ErrorClass expected) {
        assertThat(S3Failures.refusedOne("DELETE k", code, "").errorClass()).isEqualTo(expected);
    }
}
