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

    private static final int PRINTABLE = 1;
    private static final int PLAIN = 2;
    private static final int PLAIN_FIRST = 4;
    private static final byte[] KINDS = kinds();

    private byte[] out;
    private int size;

    /** With room for documents of about so many bytes, which need not be right. */
    public CanonicalYaml(long expectedBytes) {
        this.out = new byte[(int) Math.max(256, Math.min(expectedBytes, 1 << 24))];
    }

    /** What each character of ASCII may be. */
    private static byte[] kinds() {
        byte[] kinds = new byte[128];
        for (char c = 0x20; c <= 0x7e; c++) {
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            int kind = PRINTABLE;
            if (letter || (c >= '0' && c <= '9') || "_-./@+=(),;".indexOf(c) >= 0) {
                kind |= PLAIN;
            }
            if (letter || c == '/' || c == '_') {
                kind |= PLAIN_FIRST;
            }
            kinds[c] = (byte) kind;
        }
        return kinds;
    }

    /** The document, in UTF-8, ending with a line feed. */
    public byte[] write(Map<String, ?> tree) {
        size = 0;
        if (tree.isEmpty()) {
            append("{}\n");
        } else {
            map(tree, 0, false);
        }
        return Arrays.copyOf(out, size);
    }

    private void append(char ascii) {
        room(1);
        out[size++] = (byte) ascii;
    }

    private void append(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        append(utf8, 0, utf8.length);
    }

    private void append(byte[] utf8, int from, int to) {
        room(to - from);
        System.arraycopy(utf8, from, out, size, to - from);
        size += to - from;
    }

    private void room(int count) {
        if (out.length - size < count) {
            out = Arrays.copyOf(out, Math.max(out.length + (out.length >> 1), Math.addExact(size, count)));
        }
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
            scalar(key, key.getBytes(StandardCharsets.UTF_8));
            append(':');
            child(map.get(key), indent, false);
        }
    }

    /** A value after its key or dash; lists stand below their key without more indentation. */
    private void child(@Nullable Object value, int indent, boolean inList) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            append(inList ? ' ' : '\n');
            map(map, indent + 2, inList);
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            if (inList) {
                append(' ');
                list(list, indent + 2, true);
            } else {
                append('\n');
                list(list, indent, false);
            }
        } else {
            append(' ');
            leaf(value, indent);
            append('\n');
        }
    }

    private void list(List<?> list, int indent, boolean firstInline) {
        boolean inline = firstInline;
        for (Object item : list) {
            if (!inline) {
                indent(indent);
            }
            inline = false;
            append('-');
            child(item, indent, true);
        }
    }

    private void leaf(@Nullable Object value, int indent) {
        if (value instanceof String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            if (isBlock(text, utf8)) {
                block(utf8, indent + 2);
            } else {
                scalar(text, utf8);
            }
        } else if (value instanceof BigDecimal decimal) {
            append(decimal(decimal));
        } else if (value instanceof Map) {
            append("{}");
        } else if (value instanceof List) {
            append("[]");
        } else {
            append(String.valueOf(value));
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

    private void scalar(String text, byte[] utf8) {
        if (isPlain(text, utf8)) {
            append(utf8, 0, utf8.length);
        } else if (isUnescaped(utf8)) {
            append('"');
            append(utf8, 0, utf8.length);
            append('"');
        } else {
            append(quoted(text));
        }
    }

    private static boolean is(byte b, int kind) {
        return b >= 0 && (KINDS[b] & kind) != 0;
    }

    /** Only texts that no YAML reader takes for anything else. */
    private static boolean isPlain(String text, byte[] utf8) {
        int length = utf8.length;
        if (length == 0 || length > 4096 || !is(utf8[0], PLAIN_FIRST)) {
            return false;
        }
        for (int i = 1; i < length; i++) {
            byte b = utf8[i];
            boolean fine =
                    is(b, PLAIN) || (b == ':' && i + 1 < length && utf8[i + 1] != ' ') || (b == ' ' && i + 1 < length);
            if (!fine) {
                return false;
            }
        }
        return length > 5 || !RESERVED.contains(text.toLowerCase(java.util.Locale.ROOT));
    }

    /** Whether quotes are all that a text needs. Half a character has become a question mark, so that is looked at closely. */
    private static boolean isUnescaped(byte[] utf8) {
        for (byte b : utf8) {
            if (!is(b, PRINTABLE) || b == '"' || b == '\\' || b == '?') {
                return false;
            }
        }
        return true;
    }

    /** Whether a text of several lines can stand as it is. */
    private static boolean isBlock(String text, byte[] utf8) {
        if (utf8.length == 0 || utf8[0] == ' ' || utf8[0] == '\t' || utf8[0] == '\n' || text.indexOf('\n') < 1) {
            return false;
        }
        boolean onlyBlanks = true;
        boolean closely = false;
        for (int i = 0; i < utf8.length; i++) {
            byte b = utf8[i];
            if (b == '\n') {
                if (onlyBlanks && utf8[i - 1] != '\n') {
                    return false;
                }
                onlyBlanks = true;
            } else {
                boolean blank = b == ' ' || b == '\t';
                if (b >= 0 && !blank && (KINDS[b] & PRINTABLE) == 0) {
                    return false;
                }
                // Half a character has become a question mark.
                closely |= b < 0 || b == '?';
                onlyBlanks &= blank;
            }
        }
        return (!onlyBlanks || utf8[utf8.length - 1] == '\n') && (!closely || isPrintable(text));
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\n' && c != '\t' && !isPrintable(c)) {
                return false;
            }
        }
        return true;
    }

    private void block(byte[] utf8, int indent) {
        int end = utf8.length;
        boolean one = utf8[end - 1] == '\n';
        boolean more = one && utf8[end - 2] == '\n';
        append(more ? "|+" : one ? "|" : "|-");
        int start = 0;
        int last = one ? end - 1 : end;
        while (start <= last) {
            int stop = start;
            while (stop < last && utf8[stop] != '\n') {
                stop++;
            }
            append('\n');
            if (stop > start) {
                indent(indent);
                append(utf8, start, stop);
            }
            start = stop + 1;
        }
    }

    private static boolean isPrintable(char c) {
        return (c >= 0x20 && c <= 0x7e)
                || (c >= 0xa0 && c < 0xd800 && c != 0x2028 && c != 0x2029)
                || (c >= 0xe000 && c <= 0xfffd && c != 0xfeff);
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16).append('"');
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
        return out.append('"').toString();
    }

    private void indent(int count) {
        room(count);
        Arrays.fill(out, size, size + count, (byte) ' ');
        size += count;
    }
}
