/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.content;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes trees as YAML: keys sorted, one way to write each value, the same meaning for readers of YAML 1.1 (kubectl) and 1.2. Equal trees give
 * equal bytes. Not for use by several threads at once.
 */
public final class CanonicalYaml {
    private static final Set<String> RESERVED =
            Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "none");
    private static final int LONGEST_KEY = 1000;

    private final StringBuilder out = new StringBuilder(4096);

    /** The document, in UTF-8, ending with a line feed. */
    public byte[] write(Map<String, ?> tree) {
        out.setLength(0);
        if (tree.isEmpty()) {
            out.append("{}\n");
        } else {
            map(tree, 0, false);
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void map(Map<?, ?> map, int indent, boolean firstInline) {
        String[] keys = new String[map.size()];
        int count = 0;
        for (Object key : map.keySet()) {
            keys[count++] = (String) key;
        }
        Arrays.sort(keys);
        boolean inline = firstInline;
        for (String key : keys) {
            if (!inline) {
                indent(indent);
            }
            inline = false;
            if (key.length() > LONGEST_KEY) {
                throw new InvalidObject("a key is " + key.length() + " characters long, which YAML cannot hold");
            }
            scalar(key);
            out.append(':');
            child(map.get(key), indent, false);
        }
    }

    /** A value after its key or dash; lists stand below their key without more indentation. */
    private void child(@Nullable Object value, int indent, boolean inList) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            out.append(inList ? ' ' : '\n');
            map(map, indent + 2, inList);
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            if (inList) {
                out.append(' ');
                list(list, indent + 2, true);
            } else {
                out.append('\n');
                list(list, indent, false);
            }
        } else {
            out.append(' ');
            leaf(value, indent);
            out.append('\n');
        }
    }

    private void list(List<?> list, int indent, boolean firstInline) {
        boolean inline = firstInline;
        for (Object item : list) {
            if (!inline) {
                indent(indent);
            }
            inline = false;
            out.append('-');
            child(item, indent, true);
        }
    }

    private void leaf(@Nullable Object value, int indent) {
        if (value instanceof String text) {
            if (isBlock(text)) {
                block(text, indent + 2);
            } else {
                scalar(text);
            }
        } else if (value instanceof BigDecimal decimal) {
            out.append(decimal(decimal));
        } else if (value instanceof Map) {
            out.append("{}");
        } else if (value instanceof List) {
            out.append("[]");
        } else {
            out.append(value);
        }
    }

    /** Always with a point, without which YAML 1.1 does not see a fraction. */
    private static String decimal(BigDecimal decimal) {
        if (Math.abs(decimal.scale()) < 400 && decimal.precision() < 400) {
            String plain = decimal.toPlainString();
            return plain.indexOf('.') >= 0 ? plain : plain + ".0";
        }
        String text = decimal.toString();
        return text.indexOf('.') >= 0 ? text : text.replace("E", ".0E");
    }

    private void scalar(String text) {
        if (isPlain(text)) {
            out.append(text);
        } else {
            quoted(text);
        }
    }

    /** Only texts that no YAML reader takes for anything else. */
    private static boolean isPlain(String text) {
        int length = text.length();
        if (length == 0 || length > 4096) {
            return false;
        }
        char first = text.charAt(0);
        if (!isLetter(first) && first != '/' && first != '_') {
            return false;
        }
        for (int i = 1; i < length; i++) {
            char c = text.charAt(i);
            boolean fine = isLetter(c)
                    || (c >= '0' && c <= '9')
                    || "_-./@+=(),;".indexOf(c) >= 0
                    || (c == ':' && i + 1 < length && text.charAt(i + 1) != ' ')
                    || (c == ' ' && i + 1 < length);
            if (!fine) {
                return false;
            }
        }
        return length > 5 || !RESERVED.contains(text.toLowerCase(java.util.Locale.ROOT));
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** Whether a text of several lines can stand as it is. */
    private static boolean isBlock(String text) {
        int feed = text.indexOf('\n');
        if (feed < 1) {
            return false;
        }
        char first = text.charAt(0);
        if (first == ' ' || first == '\t') {
            return false;
        }
        boolean onlyBlanks = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                if (onlyBlanks && i > 0 && text.charAt(i - 1) != '\n') {
                    return false;
                }
                onlyBlanks = true;
            } else {
                if (c != '\t' && !isPrintable(c)) {
                    return false;
                }
                onlyBlanks &= c == ' ' || c == '\t';
            }
        }
        return !onlyBlanks || text.charAt(text.length() - 1) == '\n';
    }

    private void block(String text, int indent) {
        int end = text.length();
        boolean one = text.endsWith("\n");
        boolean more = text.endsWith("\n\n");
        out.append(more ? "|+" : one ? "|" : "|-");
        int start = 0;
        int last = one ? end - 1 : end;
        while (start <= last) {
            int feed = text.indexOf('\n', start);
            int stop = feed < 0 || feed > last ? last : feed;
            out.append('\n');
            if (stop > start) {
                indent(indent);
                out.append(text, start, stop);
            }
            start = stop + 1;
        }
    }

    private static boolean isPrintable(char c) {
        return (c >= 0x20 && c <= 0x7e)
                || (c >= 0xa0 && c < 0xd800 && c != 0x2028 && c != 0x2029)
                || (c >= 0xe000 && c <= 0xfffd && c != 0xfeff);
    }

    private void quoted(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c == '\n') {
                out.append("\\n");
            } else if (c == '\t') {
                out.append("\\t");
            } else if (c == '\r') {
                out.append("\\r");
            } else if (isPrintable(c)) {
                out.append(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(String.format("\\U%08X", text.codePointAt(i)));
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new InvalidObject("a text holds half a character (an unpaired surrogate)");
            } else {
                out.append(String.format(c < 0x100 ? "\\x%02X" : "\\u%04X", (int) c));
            }
        }
        out.append('"');
    }

    private void indent(int count) {
        for (int i = 0; i < count; i++) {
            out.append(' ');
        }
    }
}
