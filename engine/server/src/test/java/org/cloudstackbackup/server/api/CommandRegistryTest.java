/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.cloudstack.api.BaseCmd;
import org.junit.jupiter.api.Test;

final class CommandRegistryTest {
    private record Module(List<Class<? extends BaseCmd>> commands, Map<String, String> aliases)
            implements CommandModule {
        @Override
        public Map<Class<?>, Object> services() {
            return Map.of();
        }

        @Override
        public List<EntityLookup> lookups() {
            return List.of();
        }
    }

    @Test
    void aCommandWithoutItsServiceIsAnErrorOfTheWiring() {
        assertThatThrownBy(() -> new CommandRegistry(List.of(new Module(List.of(Things.ListThings.class), Map.of()))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("listThings needs " + Things.class.getName() + ", which no module provides");
    }

    @Test
    void twoCommandsOfOneNameAreAnErrorOfTheWiring() {
        Module module = new Module(List.of(Things.GetThing.class), Map.of());

        assertThatThrownBy(() -> new CommandRegistry(List.of(module, module)))
                .hasMessageContaining("two commands are named getThing");
    }

    @Test
    void anAliasLeadsSomewhere() {
        assertThatThrownBy(() ->
                        new CommandRegistry(List.of(new Module(List.of(Things.GetThing.class), Map.of("old", "gone")))))
                .hasMessageContaining("alias old for gone");
    }

    @Test
    void readingCommandsAreKnownByTheirNames() {
        assertThat(List.of("listThings", "getThing", "queryAsyncJobResult", "findHosts", "quotaSummary"))
                .allMatch(CommandAccess::isReadOnly);
        assertThat(List.of("createThing", "unlistThing", "readyForMore", "quotaUpdate"))
                .noneMatch(CommandAccess::isReadOnly);
    }
}
