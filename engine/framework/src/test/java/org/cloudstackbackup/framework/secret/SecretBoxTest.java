/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.cloudstackbackup.spi.ProviderException;
import org.junit.jupiter.api.Test;

class SecretBoxTest {
    private static final SecretPlace PLACE = SecretPlace.ofSetting("test.password");
    private static final String PLAIN = "s3cret\u00fc\u4e16";

    private final SecretBox box = SecretBox.random();

    @Test
    void whatIsSealedCanBeOpenedAndLooksDifferentEachTime() {
        String one = box.seal(PLACE, PLAIN);
        String other = box.seal(PLACE, PLAIN);
        assertThat(one).isNotEqualTo(other).doesNotContain("s3cret").startsWith("v1:" + box.currentKeyId() + ":");
        assertThat(box.open(PLACE, one)).isEqualTo(PLAIN);
        assertThat(box.open(PLACE, other)).isEqualTo(PLAIN);
        assertThat(box.open(PLACE, box.seal(PLACE, ""))).isEmpty();
    }

    @Test
    void aValueOpensOnlyWhereItWasSealed() {
        String sealed = box.seal(PLACE, PLAIN);
        for (SecretPlace elsewhere : new SecretPlace[] {
            SecretPlace.ofSetting("test.other"),
            SecretPlace.ofSettingInZone(1, "test.password"),
            SecretPlace.ofUserKey(1)
        }) {
            assertThatThrownBy(() -> box.open(elsewhere, sealed))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining(elsewhere.meaning())
                    .hasMessageNotContaining(sealed)
                    .hasMessageNotContaining(PLAIN);
        }
    }

    @Test
    void anyChangedCharacterIsNoticed() {
        String sealed = box.seal(PLACE, PLAIN);
        for (int i = 0; i < sealed.length(); i++) {
            char changed = sealed.charAt(i) == 'A' ? 'B' : 'A';
            String tampered = sealed.substring(0, i) + changed + sealed.substring(i + 1);
            assertThatThrownBy(() -> box.open(PLACE, tampered))
                    .as("character %d", i)
                    .isInstanceOf(ProviderException.class)
                    .hasMessageStartingWith("Cannot decrypt setting test.password: ");
            String cut = sealed.substring(0, i);
            assertThatThrownBy(() -> box.open(PLACE, cut)).isInstanceOf(ProviderException.class);
        }
    }

    @Test
    void theFirstKeySealsAndAllOpen() {
        String older = SecretBox.newKey();
        String newer = SecretBox.newKey();
        String sealed = SecretBox.parse(older).seal(PLACE, PLAIN);
        SecretBox both = SecretBox.parse("# keys\n\n" + newer + "\r\n" + older + "\n");
        assertThat(both.open(PLACE, sealed)).isEqualTo(PLAIN);
        assertThat(both.currentKeyId()).isEqualTo(SecretBox.parse(newer).currentKeyId());
        assertThatThrownBy(() -> SecretBox.parse(newer).open(PLACE, both.seal(PLACE, PLAIN) + "="))
                .isInstanceOf(ProviderException.class);
        assertThatThrownBy(() -> SecretBox.parse(newer).open(PLACE, sealed))
                .hasMessageContaining("key " + SecretBox.parse(older).currentKeyId());
    }

    @Test
    void whatIsNoKeyFileIsRefusedWithoutBeingQuoted() {
        assertThatThrownBy(() -> SecretBox.parse("# nothing\n")).hasMessageContaining("no key");
        assertThatThrownBy(() -> SecretBox.parse(SecretBox.newKey() + "\nnot*a*key"))
                .hasMessageContaining("line 2")
                .hasMessageNotContaining("not*a*key")
                .hasNoCause();
        assertThatThrownBy(() -> SecretBox.parse("c2hvcnQ=")).hasMessageContaining("holds 5 bytes");
    }

    @Test
    void keysAreInNoTextForm() {
        String key = SecretBox.newKey();
        assertThat(SecretBox.parse(key).toString()).doesNotContain(key);
    }
}
