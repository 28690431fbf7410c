/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of selectors, as Kubernetes has it. */
class SelectorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app=web | true",
                "app == web | true",
                "app=db | false",
                "app!=db | true",
                "app!=web | false",
                "other!=web | true",
                "app in (db, web) | true",
                "app in (db) | false",
                "other in (db) | false",
                "app notin (db, web) | false",
                "app notin (db) | true",
                "other notin (db) | true",
                "app | true",
                "other | false",
                "!app | false",
                "!other | true",
                "app=web,!other | true",
                "app=web,other | false"
            })
    void aRequirementMatchesAsInKubernetes(String text, boolean matches) {
        Map<String, String> marks = Map.of("app", "web");
        assertThat(Selector.ofLabels(text).matches(marks)).isEqualTo(matches);
        assertThat(Selector.ofAnnotations(text).matches(marks)).isEqualTo(matches);
    }

    @Test
    void theValueOfAnAnnotationMayHoldSignsOfTheGrammar() {
        Map<String, String> marks = Map.of("a", "k=v!", "b", "!=");
        assertThat(Selector.ofAnnotations("a=k=v!").matches(marks)).isTrue();
        assertThat(Selector.ofAnnotations("a==k=v!").matches(marks)).isTrue();
        assertThat(Selector.ofAnnotations("a!=k=v!").matches(marks)).isFalse();
        assertThat(Selector.ofAnnotations("a!=k=w,b=!=").matches(marks)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"app=a=b", "app=a!", "app in (a b)", "=v", "a,,b", "app in web", "!"})
    void whatIsNoSelectorOfLabelsIsRefused(String text) {
        assertThatThrownBy(() -> Selector.ofLabels(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
