/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import java.util.Optional;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;

/** Refusals that many services need, in the same words. */
final class Require {
    static final long GIB = 1L << 30;
    /** Of any volume; also what listCapabilities tells. */
    static final long MAX_DISK_GIB = 1024;

    private Require() {}

    /** The object, or {@code NOT_FOUND}: it was removed, or a numeric id led nowhere. */
    static <T> T found(Optional<T> object, String kind, long id) {
        return object.orElseThrow(() -> new ProviderException(
                ErrorKind.NOT_FOUND, kind + " " + id, "There is no " + kind + " with internal id " + id + " any more"));
    }

    static ProviderException user(String subject, String message) {
        return new ProviderException(ErrorKind.USER, subject, message);
    }

    static ProviderException conflict(String subject, String message) {
        return new ProviderException(ErrorKind.CONFLICT, subject, message);
    }

    static ProviderException gone(String kind, String name) {
        return new ProviderException(
                ErrorKind.NOT_FOUND, kind + " " + name, "The " + kind + " " + name + " was removed");
    }

    /** A size that was given in GiB, as bytes. */
    static long bytesOf(String parameter, long gib) {
        if (gib < 1 || gib > MAX_DISK_GIB) {
            throw user(
                    parameter,
                    "Parameter " + parameter + ": " + gib + " GiB is out of range; allowed are 1 to " + MAX_DISK_GIB);
        }
        return gib * GIB;
    }

    /** A name that has something to read in it. */
    static String name(String parameter, String name) {
        if (name.isBlank() || name.length() > 255) {
            throw user(parameter, "Parameter " + parameter + " must have 1 to 255 characters that are not all blank");
        }
        return name;
    }
}
