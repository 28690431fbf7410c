/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.clusterexport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamespaceMappingTest {
    @Test
    void eachOldNameHasOneNewNameOfItsOwn() {
        assertThat(NamespaceMapping.parse(List.of("a=b", "c=d"))).isEqualTo(Map.of("a", "b", "c", "d"));
        for (String wrong : List.of("a", "=b", "a=", "a=B", "a=b=c", "a=-b", "a=../b")) {
            assertThatThrownBy(() -> NamespaceMapping.parse(List.of(wrong)))
                    .hasMessageContaining("namespacemapping: '" + wrong + "' is not old=new");
        }
        assertThatThrownBy(() -> NamespaceMapping.parse(List.of("a=b", "c=b"))).hasMessageContaining("'c=b' names");
        assertThatThrownBy(() -> NamespaceMapping.parse(List.of("a=b", "a=c"))).hasMessageContaining("'a=c' names");
    }
}
