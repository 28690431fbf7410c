/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.framework.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConfigKeyTest {
    private final ConfigKey<Integer> retries =
            new ConfigKey<>("Advanced", Integer.class, "retries", "3", "how often", true, ConfigKey.Scope.Zone);

    @AfterEach
    void unbind() {
        ConfigKey.readFrom((key, id) -> null);
    }

    @Test
    void anUnboundKeyHasItsDefault() {
        assertThat(retries.value()).isEqualTo(3);
        assertThat(retries.valueIn(9L)).isEqualTo(3);
        assertThat(retries.valueIn(null)).isEqualTo(3);
    }

    @Test
    void aBoundKeyIsReadFromItsHost() {
        ConfigKey.readFrom((key, id) -> id == null ? "5" : Map.of(1L, "7").get(id));
        assertThat(retries.value()).isEqualTo(5);
        assertThat(retries.valueIn(1L)).isEqualTo(7);
        assertThat(retries.valueIn(2L)).as("no value of its own").isEqualTo(5);
    }

    @Test
    void valuesHaveTheTypeOfTheKey() {
        assertThat(key(Boolean.class, "TRUE").value()).isTrue();
        assertThat(key(Long.class, " 12 ").value()).isEqualTo(12L);
        assertThat(key(Short.class, "12").value()).isEqualTo((short) 12);
        assertThat(key(Float.class, "0.5").value()).isEqualTo(0.5f);
        assertThat(key(Double.class, "0.5").value()).isEqualTo(0.5);
        assertThat(key(Character.class, " ").value()).isEqualTo(' ');
        assertThat(key(String.class, " kept ").value()).isEqualTo(" kept ");
        assertThat(key(String.class, null).value()).isNull();
    }

    @Test
    void aValueOfAnotherTypeIsRefused() {
        ConfigKey.readFrom((key, id) -> "s3cret");
        assertThatThrownBy(retries::value)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Setting retries is not of type Integer");
        assertThatThrownBy(() -> key(Object.class, "x").value()).hasMessageContaining("cannot be read as type Object");
    }

    @Test
    void keysOfOneNameAreTheSame() {
        assertThat(key(String.class, "a")).isEqualTo(key(String.class, "b")).hasSameHashCodeAs(key(String.class, "b"));
        assertThat(retries).isNotEqualTo(key(String.class, "a")).hasToString("retries");
        assertThat(retries.isSameKeyAs(retries)).isTrue();
        assertThat(retries.isGlobalOrEmptyScope()).isFalse();
        assertThat(key(String.class, "a").isGlobalOrEmptyScope()).isTrue();
    }

    @Test
    void scopesEndAtTheGlobalOne() {
        assertThat(ConfigKey.Scope.StoragePool.isDescendantOf(ConfigKey.Scope.Zone))
                .isTrue();
        assertThat(ConfigKey.Scope.Zone.isDescendantOf(ConfigKey.Scope.Zone)).isFalse();
        assertThat(ConfigKey.Scope.Account.getParent()).isEqualTo(ConfigKey.Scope.Domain);
        assertThat(ConfigKey.Scope.Global.getParent()).isNull();
    }

    private static <T> ConfigKey<T> key(Class<T> type, String defaultValue) {
        return new ConfigKey<>("Advanced", type, "some.key", defaultValue, "", false);
    }
}
