/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.exception;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloud.configuration.Resource.ResourceType;
import com.cloud.utils.Pair;
import com.cloud.utils.Ternary;
import com.cloud.utils.exception.CloudRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class ExceptionsTest {
    @Test
    void causesAndEntitiesAreKept() {
        Exception cause = new Exception("refused");
        CloudRuntimeException error = new CloudRuntimeException("backup failed", cause).add(String.class, "8d1f");
        error.setCSErrorCode(4250);
        assertThat(error).hasMessage("backup failed").hasCause(cause);
        assertThat(error.getEntitiesInError()).containsExactly(new Pair<>(String.class, "8d1f"));
        assertThat(error.getCSErrorCode()).isEqualTo(4250);
    }

    @Test
    void whatIsMissingIsNamed() {
        Exception cause = new Exception("timeout");
        ResourceUnavailableException error = new ResourceUnavailableException("no answer", String.class, 7, cause);
        assertThat(error)
                .hasMessageContaining("String:7")
                .hasMessageContaining("no answer")
                .hasCause(cause);
        assertThat(error.getResourceId()).isEqualTo(7);
        assertThat(new ResourceAllocationException("limit", ResourceType.backup).getResourceType())
                .isEqualTo(ResourceType.backup);
    }

    @Test
    void errorsCanBeStoredAndReadAgain() throws Exception {
        PermissionDeniedException error = new PermissionDeniedException("not yours");
        error.add(String.class, "8d1f");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(error);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            PermissionDeniedException read = (PermissionDeniedException) in.readObject();
            assertThat(read).hasMessage("not yours");
            assertThat(read.getEntitiesInError()).isEqualTo(error.getEntitiesInError());
            assertThat(read.getEntitiesInViolation()).isEmpty();
        }
    }

    @Test
    void tuplesAreEqualByTheirValues() {
        assertThat(new Pair<>(1, "a")).isEqualTo(new Pair<>(1, "a")).isNotEqualTo(new Pair<>(1, null));
        assertThat(new Ternary<>(1, "a", 2L))
                .isEqualTo(new Ternary<>(1, "a", 2L))
                .isNotEqualTo(new Ternary<>(1, "a", 3L));
        assertThat(new Pair<>(1, null)).hasToString("[1, null]");
    }
}
