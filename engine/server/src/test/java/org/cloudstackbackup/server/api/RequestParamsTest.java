/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RequestParamsTest {
    @Test
    void onlyATextMayHaveLineBreaksAndTabs() {
        RequestParams params = new RequestParams();
        params.add("Kubeconfig=a%3A%0D%0A%09b%0A");
        assertThat(params.get("kubeconfig")).isEqualTo("a:\r\n\tb\n");
        for (String refused : new String[] {"kubeconfig=a%00", "kubeconfig=a%1b", "name=a%0Ab", "kube%0Aconfig=a"}) {
            assertThatThrownBy(() -> new RequestParams().add(refused))
                    .as(refused)
                    .hasMessageContaining("ASCII");
        }
    }
}
