/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.dummy;

import java.util.regex.Pattern;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;

/** Ids become names of files here; what could name anything else is refused. */
final class SafeName {
    private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");

    private SafeName() {}

    static boolean isSafe(String id) {
        return PATTERN.matcher(id).matches();
    }

    /** @throws ProviderException {@code USER} when the id has other characters than a uuid may have */
    static String require(String what, String id) {
        if (!isSafe(id)) {
            String shown = id.length() > 64 ? id.substring(0, 64) + "..." : id;
            throw new ProviderException(
                    ErrorKind.USER,
                    what,
                    "The " + what + " '" + printable(shown) + "' is not 1 to 64 letters, digits and hyphens");
        }
        return id;
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
