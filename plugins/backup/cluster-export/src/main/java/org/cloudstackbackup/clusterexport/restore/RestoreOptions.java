/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.restore;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
                + " namespaceMap=" + new TreeMap<>(namespaceMap) + " conflicts=" + conflicts;
    }

    /**
     * Refuses types that no object has.
     *
     * @throws InvalidConfiguration naming each such type, and the types there are
     */
    void checkTypes(Iterable<Entry> entries) {
        Set<String> there = new TreeSet<>();
        entries.forEach(entry -> there.add(entry.type()));
        List<String> wrong = types.stream()
                .filter(type -> there.stream()
                        .noneMatch(one -> one.equals(type) || plural(one).equals(type)))
                .map(type -> "the run has no objects of the type '" + type + "', but of " + String.join(", ", there))
                .toList();
        if (!wrong.isEmpty()) {
            throw new InvalidConfiguration(wrong);
        }
    }

    private static String plural(String type) {
        return type.replaceFirst("\\..*", "");
    }

    /** Whether an object is wanted, as far as its entry tells. */
    public boolean wants(Entry entry) {
        boolean isNamespace = entry.type().equals("namespaces");
        String namespace = isNamespace ? entry.name() : entry.namespace();
        boolean inNamespace = namespaces.isEmpty() || namespaces.stream().anyMatch(p -> p.matches(namespace));
        return inNamespace
                && (types.isEmpty() || types.contains(entry.type()) || types.contains(plural(entry.type())))
                && (names.isEmpty() || names.contains(entry.name()));
    }

    /** The name a namespace gets. */
    String mapped(String namespace) {
        return namespaceMap.getOrDefault(namespace, namespace);
    }
}
