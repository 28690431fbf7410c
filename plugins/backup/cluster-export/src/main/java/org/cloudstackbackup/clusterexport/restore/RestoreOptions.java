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
import org.cloudstackbackup.clusterexport.config.InvalidConfiguration;
import org.cloudstackbackup.clusterexport.config.NamePattern;
import org.cloudstackbackup.clusterexport.config.Selector;

/**
 * What is restored, and how. Empty lists mean everything.
 *
 * @param namespaceMap new names of namespaces, by the exported ones
 * @param dryRun only asks the API server what it would say
 * @param goOn writes what passed the dry run although something did not
 * @param completed also restores jobs and pods that had ended, which run again then
 */
public record RestoreOptions(
        List<NamePattern> namespaces,
        List<String> types,
        List<String> names,
        Selector labels,
        Map<String, String> namespaceMap,
        ConflictPolicy conflicts,
        boolean dryRun,
        boolean goOn,
        boolean completed) {
    public RestoreOptions {
        namespaces = List.copyOf(namespaces);
        types = List.copyOf(types);
        names = List.copyOf(names);
        namespaceMap = Map.copyOf(namespaceMap);
        List<String> wrong = new TreeMap<>(namespaceMap)
                .entrySet().stream()
                        .filter(pair -> !isNamespace(pair.getValue()) || !isNamespace(pair.getKey()))
                        .map(pair -> "the namespace map " + pair + " has a name that no namespace can have")
                        .toList();
        if (!wrong.isEmpty()) {
            throw new InvalidConfiguration(wrong);
        }
    }

    private static boolean isNamespace(String name) {
        return name.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    }

    /** What decides which objects are restored and how; the same for the same options. */
    public String fingerprint() {
        return "namespaces=" + namespaces + " types=" + types + " names=" + names + " labels=" + labels
                + " namespaceMap=" + new TreeMap<>(namespaceMap) + " conflicts=" + conflicts
                + (completed ? " completed=true" : "");
    }

    static String plural(String type) {
        return type.replaceFirst("\\..*", "");
    }

    /** Whether an object is wanted, as far as its entry tells. */
    public boolean wants(Entry entry) {
        return wantsPlace(entry) && (names.isEmpty() || names.contains(entry.name()));
    }

    /** Whether objects of that namespace and type are wanted. */
    boolean wantsPlace(Entry entry) {
        String namespace = namespaceOf(entry);
        boolean inNamespace = namespaces.isEmpty() || namespaces.stream().anyMatch(p -> p.matches(namespace));
        return inNamespace && (types.isEmpty() || types.contains(entry.type()) || types.contains(plural(entry.type())));
    }

    /** The namespace that an object is in, or is; empty when it is none. */
    static String namespaceOf(Entry entry) {
        return entry.type().equals("namespaces") ? entry.name() : entry.namespace();
    }

    /** The name a namespace gets. */
    String mapped(String namespace) {
        return namespaceMap.getOrDefault(namespace, namespace);
    }
}
