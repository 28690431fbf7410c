/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.clusterexport;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;

/** Reads new names of namespaces. */
final class NamespaceMapping {
    private static final Pattern ENTRY = Pattern.compile("([a-z0-9-]{1,63})=([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)");

    private NamespaceMapping() {}

    /** @throws ProviderException {@code USER} for what is not {@code old=new}, and when two would get one name */
    static Map<String, String> parse(List<String> entries) {
        Map<String, String> names = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        for (String entry : entries) {
            Matcher parts = ENTRY.matcher(entry);
            if (!parts.matches()) {
                throw refused("'" + entry + "' is not old=new with two names of namespaces");
            }
            if (names.put(parts.group(1), parts.group(2)) != null || !taken.add(parts.group(2))) {
                throw refused("'" + entry + "' names a namespace that another entry names already");
            }
        }
        return names;
    }

    private static ProviderException refused(String problem) {
        return new ProviderException(ErrorKind.USER, "namespacemapping", "Parameter namespacemapping: " + problem);
    }
}
