/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ProviderExceptionTest {
    @Test
    void keepsKindSubjectMessageAndCause() {
        var cause = new IllegalStateException("why");
        var exception = new ProviderException(ErrorKind.EXTERNAL, "vm web-1", "Tried, and got 500", cause);

        assertThat(exception.kind()).isEqualTo(ErrorKind.EXTERNAL);
        assertThat(exception.subject()).isEqualTo("vm web-1");
        assertThat(exception.text()).isEqualTo(exception.getMessage()).isEqualTo("Tried, and got 500");
        assertThat(exception).hasCause(cause);
        assertThat(new ProviderException(ErrorKind.USER, "vm web-1", "No")).hasNoCause();
    }

    @Test
    void cutsALongMessageAndSaysSo() {
        int most = ProviderException.MAX_MESSAGE_LENGTH;

        assertThat(textOfLength(most)).hasSize(most).doesNotEndWith("...");
        assertThat(textOfLength(most + 1)).hasSize(most).endsWith("x...");
        assertThat(textOfLength(1_000_000)).hasSize(most);
    }

    @Test
    void onlyUnavailableIsRetried() {
        assertThat(Arrays.stream(ErrorKind.values()).filter(ErrorKind::isRetryable))
                .containsExactly(ErrorKind.UNAVAILABLE);
    }

    private static String textOfLength(int length) {
        return new ProviderException(ErrorKind.EXTERNAL, "product", "x".repeat(length)).text();
    }
}
