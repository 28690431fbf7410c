/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Something that goes wrong inside the product, rather than on the way to it.
 *
 * @param name regular expression for the whole name of the backup or restore
 * @param target regular expression for the whole name of the claim, machine or stage, where the kind has one
 * @param times how many backups or restores it happens to; 0 means all
 */
public record Mishap(Kind kind, String name, String target, String reason, int times) {
    public Mishap {
        requireNonNull(kind, "kind is null");
        Pattern.compile(name);
        Pattern.compile(target);
        requireNonNull(reason, "reason is null");
        if (times < 0) {
            throw new IllegalArgumentException("times is at least 0, not " + times);
        }
    }

    /** Happens once. */
    public static Mishap of(Kind kind, String name, String target) {
        return new Mishap(kind, name, target, "made to fail", 1);
    }

    static Mishap of(JsonObject json) {
        String word = Tree.text(json, "kind");
        Kind kind = Arrays.stream(Kind.values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no mishap \"" + word + "\"; there are "
                        + Arrays.stream(Kind.values()).map(Kind::word).toList()));
        return new Mishap(
                kind,
                json.has("name") ? Tree.text(json, "name") : ".*",
                json.has("target") ? Tree.text(json, "target") : ".*",
                json.has("reason") ? Tree.text(json, "reason") : "made to fail",
                json.has("times") ? (int) Tree.number(json, "times") : 1);
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("kind", kind.word());
        json.addProperty("name", name);
        json.addProperty("target", target);
        json.addProperty("reason", reason);
        json.addProperty("times", times);
        return json;
    }

    /** What goes wrong. */
    public enum Kind {
        /** The backup ends Success and has nothing in it. */
        SILENT_EMPTY,
        /** The backup leaves the claims named by the target out, without a word. */
        SILENT_LEFT_OUT,
        /** The volumes of the claims named by the target fail. */
        FAIL_VOLUME,
        /** The machines named by the target cannot be frozen. */
        FAIL_FREEZE,
        /** The manifests cannot be stored: the whole backup fails. */
        FAIL_UPLOAD,
        /** The backup ends Aborted when its volumes would begin. */
        ABORT,
        /** The backup stays in Pending, InProgress or Captured, as the target says. */
        STUCK,
        /** Deleting never ends. */
        STUCK_DELETING,
        /** Deleting ends in Failed. */
        FAIL_DELETE,
        /** The volumes of the claims named by the target are not restored. */
        FAIL_RESTORE_VOLUME,
        /** The restore deletes the claims named by the target, brings them not back, and ends Success. */
        SILENT_LOSS,
        /** The restore fails after it has deleted what it replaces. */
        FAIL_RESTORE,
        /** The restore stays in progress. */
        STUCK_RESTORE;

        /** The name in the admin API, such as {@code silent-empty}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
