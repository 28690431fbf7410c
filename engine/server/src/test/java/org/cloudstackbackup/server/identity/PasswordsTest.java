/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.cloudstackbackup.framework.identity.ApiKeys;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    private final Passwords passwords = new Passwords();
    private final Secrets secrets = new Secrets();

    @Test
    void aHashIsArgon2idWithItsCostsAndMatchesItsPasswordOnly() {
        String hash = passwords.hash("pässword");
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(passwords.hash("pässword")).isNotEqualTo(hash);
        assertThat(passwords.matches("pässword", hash)).isTrue();
        assertThat(passwords.matches("password", hash)).isFalse();
        assertThat(passwords.matches("!", Passwords.NONE)).isFalse();
    }

    @Test
    void anUnknownUserCostsAsMuchAsAKnownOne() {
        String hash = passwords.hash("x");
        long before = passwords.computed();
        passwords.matches("y", hash);
        assertThat(passwords.computed() - before).isEqualTo(1);
        passwords.spendTheTime("y");
        assertThat(passwords.computed() - before).isEqualTo(2);
        passwords.matches("y", Passwords.NONE);
        assertThat(passwords.computed() - before).isEqualTo(3);
    }

    @Test
    void secretsAreLongUrlSafeAndNeverTheSame() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            ApiKeys keys = secrets.apiKeys();
            assertThat(keys.apiKey()).matches("[A-Za-z0-9_-]{86}");
            assertThat(keys.secretKey()).matches("[A-Za-z0-9_-]{86}");
            assertThat(secrets.password()).matches("[A-Za-z0-9]{24}");
            assertThat(seen.add(keys.apiKey())).isTrue();
            assertThat(seen.add(keys.secretKey())).isTrue();
            assertThat(seen.add(secrets.password())).isTrue();
            assertThat(keys.toString()).doesNotContain(keys.apiKey()).doesNotContain(keys.secretKey());
        }
    }
}
