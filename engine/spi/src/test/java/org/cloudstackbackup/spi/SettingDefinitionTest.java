/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.cloudstackbackup.spi.SettingDefinition.Scope;
import org.cloudstackbackup.spi.SettingDefinition.Type;
import org.junit.jupiter.api.Test;

final class SettingDefinitionTest {
    @Test
    void stringsAndSecretsAcceptAnythingOfABoundedLength() {
        for (Type type : List.of(Type.STRING, Type.SECRET)) {
            assertAccepts(type, "", "", "a b", "x".repeat(4096));
            assertRefuses(type, "", "4097 characters", "x".repeat(4097));
        }
    }

    @Test
    void aRefusedSecretIsNotRepeatedInTheMessage() {
        String secret = "hunter2".repeat(1000);

        assertThat(SettingDefinition.perZone("a.b", Type.SECRET, "", "S.").problemOf(secret))
                .hasValueSatisfying(problem -> assertThat(problem).doesNotContain("hunter2"));
    }

    @Test
    void booleansAreTrueOrFalseOnly() {
        assertAccepts(Type.BOOLEAN, "true", "true", "false");
        assertRefuses(Type.BOOLEAN, "true", "true and false", "", "True", "FALSE", "1", "yes", " true");
    }

    @Test
    void integersHaveThirtyTwoBits() {
        assertAccepts(Type.INTEGER, "0", "0", "-1", "2147483647", "-2147483648");
        assertRefuses(
                Type.INTEGER, "0", "whole number", "", "2147483648", "-2147483649", "1.0", "1e3", " 1", "0x10", "one");
    }

    @Test
    void longsHaveSixtyFourBits() {
        assertAccepts(Type.LONG, "0", "9223372036854775807", "-9223372036854775808");
        assertRefuses(Type.LONG, "0", "whole number", "", "9223372036854775808", "1L", "1,000");
    }

    @Test
    void secondsAreNotNegative() {
        assertAccepts(Type.SECONDS, "0", "0", "1", "2147483647");
        assertRefuses(Type.SECONDS, "0", "from 0", "", "-1", "2147483648", "5s", "PT5S");
    }

    @Test
    void fractionsAreFromZeroToOne() {
        assertAccepts(Type.FRACTION, "0.5", "0", "1", "0.75", "1.0", "5e-1");
        assertRefuses(
                Type.FRACTION, "0.5", "from 0 to 1", "", "-0.1", "1.01", "NaN", "Infinity", "0.5f", "1d", "50%", "0,5");
    }

    @Test
    void selectionsAreOneOfTheOptions() {
        var definition =
                new SettingDefinition("a.b", Type.SELECT, "none", "What.", Scope.ZONE, true, List.of("none", "backup"));

        assertThat(definition.problemOf("backup")).isEmpty();
        assertThat(definition.problemOf("Backup")).hasValue("'Backup' is not one of none, backup");
        assertThat(definition.problemOf("")).isPresent();
    }

    @Test
    void positiveNumbersBeginAtOne() {
        assertAccepts(Type.NOT_NEGATIVE, "5", "0", "2147483647");
        assertRefuses(Type.NOT_NEGATIVE, "5", "from 0", "", "-1", "2147483648", "1.5");
        assertAccepts(Type.POSITIVE, "5", "1", "2147483647");
        assertRefuses(Type.POSITIVE, "5", "from 1", "", "0", "-1", "2147483648", "1.5");
        assertAccepts(Type.PORT, "25", "1", "65535");
        assertRefuses(Type.PORT, "25", "from 1 to 65535", "", "0", "65536", "smtp");
    }

    @Test
    void urlsAreOfWebServersAndHoldNoPassword() {
        assertAccepts(Type.URL, "", "", "http://hook", "https://hook.example.org:8443/a/b?c=d", "HTTPS://[::1]:8443/x");
        assertRefuses(
                Type.URL,
                "",
                "http or https URL",
                "hook.example.org",
                "ftp://hook.example.org/",
                "file:///etc/passwd",
                "http:///path",
                "https://user:hunter2@hook.example.org/",
                "https://hook.example.org/#part",
                "https://hook.example.org:70000/",
                "http://hook/a b",
                "http://hook/\r\nHost: x",
                "http://" + "a".repeat(3000));
        assertThat(SettingDefinition.global("a.b", Type.URL, "", "S.").problemOf("https://user:hunter2@hook/"))
                .hasValueSatisfying(problem -> assertThat(problem).doesNotContain("hunter2"));
    }

    @Test
    void mailAddressesAreBare() {
        assertAccepts(
                Type.MAIL_ADDRESSES,
                "",
                "",
                "ops@example.org",
                "a.b+c@d, e@f-g.example ,h@localhost",
                "o'neil@example.org");
        assertRefuses(
                Type.MAIL_ADDRESSES,
                "",
                "not a mail address",
                "ops",
                "ops@",
                "@example.org",
                "Ops <ops@example.org>",
                "ops@example.org;x@example.org",
                "ops@example.org,",
                "ops@example.org\r\nBcc: all@example.org",
                "\"a b\"@example.org",
                "a..b@example.org",
                "x@" + "a".repeat(300));
    }

    @Test
    void theDefaultMustBeAcceptable() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingDefinition.global("a.b", Type.SECONDS, "-1", "S."))
                .withMessageContaining("a.b")
                .withMessageContaining("'-1'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SettingDefinition("a.b", Type.SELECT, "x", "S.", Scope.GLOBAL, true, List.of()));
    }

    @Test
    void theKeyIsADottedName() {
        for (String key : List.of("", "a", "a.", ".a", "a..b", "a b.c", "a.b/c", "a.b\n")) {
            assertThatIllegalArgumentException().isThrownBy(() -> SettingDefinition.global(key, Type.STRING, "", "S."));
        }
    }

    @Test
    void theOptionsAreCopied() {
        var options = new ArrayList<>(List.of("one"));
        var definition = new SettingDefinition("a.b", Type.SELECT, "one", "S.", Scope.ZONE, true, options);

        options.add("two");

        assertThat(definition.options()).containsExactly("one");
    }

    @Test
    void onlySecretsAreMasked() {
        for (Type type : List.of(Type.STRING, Type.SECRET)) {
            assertThat(SettingDefinition.global("a.b", type, "", "S.").isSecret())
                    .isEqualTo(type == Type.SECRET);
        }
        assertThat(SettingDefinition.global("a.b", Type.STRING, "", "S.").scope())
                .isEqualTo(Scope.GLOBAL);
        assertThat(SettingDefinition.perZone("a.b", Type.STRING, "", "S.").scope())
                .isEqualTo(Scope.ZONE);
    }

    private static void assertAccepts(Type type, String defaultValue, String... values) {
        var definition = SettingDefinition.perZone("a.b", type, defaultValue, "S.");
        for (String value : values) {
            assertThat(definition.problemOf(value)).as("%s '%s'", type, value).isEmpty();
        }
    }

    private static void assertRefuses(Type type, String defaultValue, String because, String... values) {
        var definition = SettingDefinition.perZone("a.b", type, defaultValue, "S.");
        for (String value : values) {
            assertThat(definition.problemOf(value))
                    .as("%s '%s'", type, value)
                    .hasValueSatisfying(problem -> assertThat(problem).contains(because));
        }
    }
}
