/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.acl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloud.user.Account;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoleTypeTest {
    @Test
    void masksCombineAndComeApart() {
        Set<RoleType> types = Set.of(RoleType.Admin, RoleType.DomainAdmin, RoleType.User);
        assertThat(RoleType.toCombinedMask(types)).isEqualTo(13);
        assertThat(RoleType.fromCombinedMask(13)).isEqualTo(types);
        assertThat(RoleType.fromCombinedMask(0)).isEmpty();
        assertThat(RoleType.fromMask(8)).isEqualTo(RoleType.User);
        assertThat(RoleType.fromMask(64)).isEqualTo(RoleType.Unknown);
    }

    @Test
    void typesAreFoundByNameAndByAccount() {
        assertThat(RoleType.fromString("domainadmin")).isEqualTo(RoleType.DomainAdmin);
        assertThatThrownBy(() -> RoleType.fromString("Emperor")).hasMessageContaining("Emperor");
        assertThat(RoleType.getByAccountType(Account.Type.NORMAL)).isEqualTo(RoleType.User);
        assertThat(RoleType.getByAccountType(Account.Type.PROJECT)).isEqualTo(RoleType.Unknown);
    }

    @Test
    void accountTypesHaveTheNumbersOfTheWire() {
        assertThat(Account.Type.getFromValue(0)).isEqualTo(Account.Type.NORMAL);
        assertThat(Account.Type.getFromValue(2)).isEqualTo(Account.Type.DOMAIN_ADMIN);
        assertThat(Account.Type.getFromValue(5)).isEqualTo(Account.Type.PROJECT);
        assertThat(Account.Type.getFromValue(6)).isNull();
        assertThat(Account.Type.getFromValue(null)).isNull();
    }

    @Test
    void accountStatesAreLowerCaseOnTheWire() {
        assertThat(Account.State.ENABLED).hasToString("enabled");
        assertThat(Account.State.getValueOf("locked")).isEqualTo(Account.State.LOCKED);
    }
}
