/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.cloudstackbackup.clusterexport.content.CanonicalYaml;
import org.cloudstackbackup.clusterexport.content.InvalidObject;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What is written is read back the same, by readers of YAML 1.1 and 1.2, and always looks the same. */
class CanonicalYamlTest {
    private static final List<String> PIECES = List.of(
            "",
            " ",
            "a",
            "yes",
            "No",
            "on",
            "y",
            "null",
            "~",
            "1e3",
            "0x10",
            "012",
            "1:30",
            "2026-01-01",
            "true",
            "a: b",
            "a #b",
            "- a",
            "[x]",
            "{x}",
            "\n",
            "\n\n",
            "\t",
            "\r",
            "\u0000",
            "\u0085",
            "\u2028",
            "\ufeff",
            "\ud83d\ude00",
            "é",
            "'",
            "\"",
            "\\",
            "%a",
            "@a",
            "`",
            "|",
            ">",
            "!x",
            "&a",
            "*a",
            "?",
            ":",
            "-",
            "---",
            "...",
            "=",
            "<<",
            "key:",
            "\u007f",
            "\u00a0",
            "none",
            ".5",
            ".inf",
            "+1",
            "1_000");

    private static String yaml(Map<String, ?> tree) {
        return new String(new CanonicalYaml(0).write(tree), StandardCharsets.UTF_8);
    }

    private static Object read(String yaml) {
        return new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }

    @Test
    void randomTreesAreReadBackTheSame() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 3000; i++) {
            Map<String, Object> tree = tree(random, 3);
            String text = yaml(tree);
            assertThat(read(text)).as("seed %d, round %d:%n%s", seed, i, text).isEqualTo(tree);
        }
    }

    private static Map<String, Object> tree(Random random, int depth) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            tree.put(text(random), value(random, depth));
        }
        return tree;
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> random.nextInt();
            case 1 -> random.nextBoolean();
            case 2, 3 -> text(random);
            case 4 -> tree(random, depth - 1);
            default -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(value(random, depth - 1));
                }
                yield list;
            }
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    /** Half a character is a question mark to an encoder, wherever it stands; a real question mark is fine. */
    @Test
    void halfACharacterIsRefusedAndAQuestionMarkIsNot() {
        for (String text : List.of("\ud83d", "a\ude00b", "line\nhalf \ud83d\n", "a: \ud83d", "\ud83d".repeat(5000))) {
            assertThatThrownBy(() -> yaml(Map.of("key", text)))
                    .isInstanceOf(InvalidObject.class)
                    .hasMessageContaining("half a character");
        }
        for (String text : List.of("?", "why?", "a?\nb?\n", "? a", "a?b=\u00e9\n", "?".repeat(5000))) {
            assertThat(read(yaml(Map.of("key", text)))).isEqualTo(Map.of("key", text));
        }
    }

    @Test
    void aTextLongerThanTheRoomThatWasExpectedIsWhole() {
        String lines = "0123456789abcdef\n".repeat(20_000);
        String quoted = "* \"quoted\" \\ ".repeat(20_000);
        assertThat(read(yaml(Map.of("lines", lines, "quoted", quoted, "plain", "a".repeat(20_000)))))
                .isEqualTo(Map.of("lines", lines, "quoted", quoted, "plain", "a".repeat(20_000)));
    }

    @Test
    void whatOldReadersTakeForSomethingElseIsQuoted() {
        for (String text : List.of(
                "yes",
                "No",
                "ON",
                "off",
                "y",
                "N",
                "null",
                "Null",
                "~",
                "1e3",
                "0x10",
                "012",
                "1:30",
                "2026-01-01",
                "",
                " a",
                "a ",
                "<<",
                "=")) {
            assertThat(yaml(Map.of("a", text))).isEqualTo("a: \"" + text + "\"\n");
        }
        assertThat(yaml(Map.of("image", "registry.example.org:5000/app:v1")))
                .isEqualTo("image: registry.example.org:5000/app:v1\n");
    }

    @Test
    void keysAreSortedAndNumbersStayExact() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("b", 9_007_199_254_740_993L);
        tree.put("a", new BigInteger("18446744073709551615"));
        tree.put("c", new java.math.BigDecimal("1E+3"));
        tree.put("d", List.of(Map.of("y1", 1, "x", List.of(List.of(1)))));
        assertThat(yaml(tree)).isEqualTo("""
                        a: 18446744073709551615
                        b: 9007199254740993
                        c: 1000.0
                        d:
                        - x:
                          - - 1
                          y1: 1
                        """);
    }

    @Test
    void halfACharacterIsNoText() {
        assertThatThrownBy(() -> yaml(Map.of("a", "\ud83d"))).isInstanceOf(InvalidObject.class);
    }
}
