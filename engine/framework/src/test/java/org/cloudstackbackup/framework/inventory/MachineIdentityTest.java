/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.Role;
import org.cloudstackbackup.framework.identity.RoleType;
import org.cloudstackbackup.framework.identity.User;
import org.cloudstackbackup.spi.ProviderException;
import org.junit.jupiter.api.Test;

class MachineIdentityTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    private final Map<String, String> stolen = Map.of("kubevirt.namespace", "other", "colour", "red");

    @Test
    void onlyRootAdminsSayWhichMachineAVmIs() {
        MachineIdentity.refuseFrom(caller(RoleType.ADMIN), stolen);
        for (RoleType type : new RoleType[] {RoleType.USER, RoleType.DOMAIN_ADMIN, RoleType.RESOURCE_ADMIN}) {
            MachineIdentity.refuseFrom(caller(type), Map.of("colour", "red"));
            assertThatThrownBy(() -> MachineIdentity.refuseFrom(caller(type), stolen))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("kubevirt.namespace");
            assertThatThrownBy(() -> MachineIdentity.refuseFrom(caller(type), Map.of("KubeVirt.Name", "x")))
                    .isInstanceOf(ProviderException.class);
        }
    }

    @Test
    void othersReplaceDetailsBesideTheIdentity() {
        Map<String, String> present = Map.of("kubevirt.name", "web", "colour", "blue");

        assertThat(MachineIdentity.replace(caller(RoleType.USER), present, Map.of("shape", "round")))
                .isEqualTo(Map.of("kubevirt.name", "web", "shape", "round"));
        assertThat(MachineIdentity.replace(caller(RoleType.ADMIN), present, Map.of("shape", "round")))
                .isEqualTo(Map.of("shape", "round"));
    }

    @Test
    void anotherVmInheritsNoIdentity() {
        assertThat(MachineIdentity.without(stolen)).isEqualTo(Map.of("colour", "red"));
    }

    private static Caller caller(RoleType type) {
        Domain root = new Domain(1, "d-1", "ROOT", null, "/", 0, "Active", NOW, null);
        Account account = new Account(2, "a-2", "someone", 0, 50, 1, "enabled", NOW, null);
        User user = new User(2, "u-2", "someone", 2, null, null, null, "enabled", null, null, NOW, null);
        return new Caller(user, account, root, new Role(50, "r-50", "Some", type, false, true, null));
    }
}
