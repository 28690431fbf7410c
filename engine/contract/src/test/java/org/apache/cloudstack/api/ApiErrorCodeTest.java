/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ApiErrorCodeTest {
    @Test
    void codesAreThoseOnTheWire() {
        assertThat(ApiErrorCode.BAD_REQUEST.getHttpCode()).isEqualTo(400);
        assertThat(ApiErrorCode.UNAUTHORIZED.getHttpCode()).isEqualTo(401);
        assertThat(ApiErrorCode.MALFORMED_PARAMETER_ERROR.getHttpCode()).isEqualTo(430);
        assertThat(ApiErrorCode.PARAM_ERROR.getHttpCode()).isEqualTo(431);
        assertThat(ApiErrorCode.UNSUPPORTED_ACTION_ERROR.getHttpCode()).isEqualTo(432);
        assertThat(ApiErrorCode.UNAUTHORIZED2FA.getHttpCode()).isEqualTo(511);
        assertThat(ApiErrorCode.NETWORK_RULE_CONFLICT_ERROR).hasToString("537");
        assertThat(ApiErrorCode.values()).extracting(ApiErrorCode::getHttpCode).doesNotHaveDuplicates();
    }

    @Test
    void anApiErrorKeepsItsCodeTextAndCause() {
        Exception cause = new Exception("disk full");
        ServerApiException error = new ServerApiException(ApiErrorCode.RESOURCE_UNAVAILABLE_ERROR, "no room", cause);
        assertThat(error).hasMessage("no room").hasCause(cause);
        assertThat(error.getErrorCode()).isEqualTo(ApiErrorCode.RESOURCE_UNAVAILABLE_ERROR);
        assertThat(new ServerApiException().getErrorCode()).isEqualTo(ApiErrorCode.INTERNAL_ERROR);
    }

    @Test
    void resourceTypesAreFoundInAnyCase() {
        assertThat(ApiCommandResourceType.fromString("virtualmachine"))
                .isEqualTo(ApiCommandResourceType.VirtualMachine);
        assertThat(ApiCommandResourceType.fromString("submarine")).isNull();
        assertThat(ApiCommandResourceType.BackupOffering).hasToString("BackupOffering");
    }
}
