/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names of the objects that the driver makes: short, of lower-case letters, digits and hyphens, and the same at each repetition
 * of a call, so that a call after a crash finds what the one before has made.
 */
final class Names {
    /** What a schedule of the driver is called; the product puts it before the names of the schedule's backups. */
    static final Pattern SCHEDULE = Pattern.compile("acs-[0-9a-f]{12}");

    private static final int LENGTH = 12;

    private Names() {}

    static String schedule(String vmUuid) {
        return "acs-" + brief(vmUuid);
    }

    static String backup(String vmUuid, String token) {
        return "acs-" + brief(vmUuid) + "-" + brief(token);
    }

    static String safety(String vmUuid, String token) {
        return "acs-" + brief(vmUuid) + "-s" + brief(token);
    }

    static String restore(String vmUuid, String token) {
        return "acs-" + brief(vmUuid) + "-r" + brief(token);
    }

    /** Of the record of a volume's restore, and of the namespace that the volume is restored into. */
    static String volume(String newVolumeUuid) {
        return "acs-volume-" + brief(newVolumeUuid);
    }

    /** Of the namespace that a new VM is restored into. */
    static String machine(String vmUuid) {
        return "acs-vm-" + brief(vmUuid);
    }

    /** The beginning of a uuid; of a hash for anything else. */
    static String brief(String id) {
        String bare = id.replace("-", "").toLowerCase(Locale.ROOT);
        return bare.matches("[0-9a-f]{32}") ? bare.substring(0, LENGTH) : hash(id);
    }

    private static String hash(String id) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
