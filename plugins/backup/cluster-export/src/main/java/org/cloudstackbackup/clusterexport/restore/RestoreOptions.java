/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.restore;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cloudstackbackup.clusterexport.catalog.Entry;
import org.cloudstackbackup.clusterexport.config.NamePattern;
import org.cloudstackbackup.clusterexport.config.Selector;

/**
 * What is restored, and how. Empty lists mean everything.
 *
 * @param namespaceMap new names of namespaces, by the exported ones
 * @param dryRun only asks the API server what it would say
 * @param goOn writes what passed the dry run although something did not
 */
public record RestoreOptions(
        List<NamePattern> namespaces,
        List<String> types,
        List<String> names,
        Selector labels,
        Map<String, String> namespaceMap,
        ConflictPolicy conflicts,
        boolean dryRun,
        boolean goOn) {
    public RestoreOptions {
        namespaces = List.copyOf(namespaces);
        types = List.copyOf(types);
        names = List.copyOf(names);
        namespaceMap = Map.copyOf(namespaceMap);
    }

    /** What decides which objects are restored and how; the same for the same options. */
    public String fingerprint() {
        return "namespaces=" + namespaces + " types=" + types + " names=" + names + " labels=" + labels
                + " namespaceMap=" + new TreeMap<>(namespaceMap) + " conflicts=" + conflicts;
    }

    /** Whether an object is wanted, as far as its entry tells. */
    public boolean wants(Entry entry) {
        boolean isNamespace = entry.type().equals("namespaces");
        String namespace = isNamespace ? entry.name() : entry.namespace();
        boolean inNamespace = namespaces.isEmpty() || namespaces.stream().anyMatch(p -> p.matches(namespace));
        String plural = entry.type().replaceFirst("\\..*", "");
        return inNamespace
                && (types.isEmpty() || types.contains(entry.type()) || types.contains(plural))
                && (names.isEmpty() || names.contains(entry.name()));
    }

    /** The name a namespace gets. */
    String mapped(String namespace) {
        return namespaceMap.getOrDefault(namespace, namespace);
    }
}
