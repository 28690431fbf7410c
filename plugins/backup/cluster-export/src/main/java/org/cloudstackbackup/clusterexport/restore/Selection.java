/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.restore;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cloudstackbackup.clusterexport.catalog.Entry;
import org.cloudstackbackup.clusterexport.config.InvalidConfiguration;
import org.cloudstackbackup.clusterexport.config.NamePattern;

/** Finds what is to be restored, and refuses options that cannot have been meant so. Used once, by one thread. */
final class Selection {
    private static final int MOST_NAMED = 20;

    private final RestoreOptions options;
    private final List<Entry> all = new ArrayList<>();
    private final List<Entry> wanted = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private Selection(RestoreOptions options, Iterable<Entry> entries) {
        this.options = requireNonNull(options, "options is null");
        entries.forEach(entry -> {
            all.add(entry);
            if (options.wants(entry)) {
                wanted.add(entry);
            }
        });
    }

    /**
     * The wanted ones of a run's objects, as far as their entries tell.
     *
     * @throws InvalidConfiguration with every option that no object of the run fits, and when two objects would become one
     */
    static List<Entry> of(RestoreOptions options, Iterable<Entry> entries) {
        Selection selection = new Selection(options, entries);
        selection.check();
        return List.copyOf(selection.wanted);
    }

    private void check() {
        checkTypes();
        checkNamespaces();
        checkNames();
        if (problems.isEmpty() && wanted.isEmpty()) {
            problems.add("the run has no object that is in the chosen namespaces, of the chosen types and names");
        }
        if (problems.isEmpty()) {
            checkMap();
            checkTargets();
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfiguration(problems);
        }
    }

    private void checkTypes() {
        Set<String> there = new TreeSet<>();
        all.forEach(entry -> there.add(entry.type()));
        for (String type : options.types()) {
            if (there.stream()
                    .noneMatch(one ->
                            one.equals(type) || RestoreOptions.plural(one).equals(type))) {
                problems.add("the run has no objects of the type '" + type + "', but of " + String.join(", ", there));
            }
        }
    }

    private void checkNamespaces() {
        Set<String> there = namespaces();
        for (NamePattern pattern : options.namespaces()) {
            if (there.stream().noneMatch(pattern::matches)) {
                problems.add("the run has nothing in the namespace '" + pattern + "', but in " + some(there));
            }
        }
    }

    private Set<String> namespaces() {
        Set<String> there = new TreeSet<>();
        all.stream()
                .map(RestoreOptions::namespaceOf)
                .filter(name -> !name.isEmpty())
                .forEach(there::add);
        return there;
    }

    private void checkNames() {
        Set<String> there = new TreeSet<>();
        all.stream().filter(options::wantsPlace).map(Entry::name).forEach(there::add);
        for (String name : options.names()) {
            if (!there.contains(name)) {
                problems.add("the run has no object of the name '" + name
                        + "' in the chosen namespaces and of the chosen types");
            }
        }
    }

    /** A wrong name in the map would have the original written over that was to be left alone. */
    private void checkMap() {
        Set<String> there = namespaces();
        boolean speaks = wanted.stream().anyMatch(entry -> NamespaceMapping.SPEAKERS.contains(entry.type()));
        for (String old : new TreeMap<>(options.namespaceMap()).keySet()) {
            boolean found = wanted.stream()
                    .anyMatch(entry -> RestoreOptions.namespaceOf(entry).equals(old));
            if (!found && !(speaks && there.contains(old))) {
                problems.add("the namespace map has '" + old + "', but nothing that is restored is in this namespace");
            }
        }
    }

    /** Two that become one would both be told as restored, though only one is there. */
    private void checkTargets() {
        Map<List<String>, Entry> taken = new HashMap<>();
        int doubled = 0;
        for (Entry entry : wanted) {
            if (!MadeByTheCluster.reason(entry).isEmpty()) {
                continue;
            }
            boolean namespace = entry.type().equals("namespaces");
            String name = namespace ? options.mapped(entry.name()) : entry.name();
            Entry other = taken.putIfAbsent(List.of(entry.type(), options.mapped(entry.namespace()), name), entry);
            if (other != null && doubled++ < MOST_NAMED) {
                problems.add("the namespace map makes one object of " + other.key() + " and " + entry.key());
            }
        }
        if (doubled > MOST_NAMED) {
            problems.add("the namespace map makes one of two " + (doubled - MOST_NAMED) + " times more");
        }
    }

    private static String some(Set<String> names) {
        List<String> shown = names.stream().limit(MOST_NAMED).toList();
        return String.join(", ", shown) + (names.size() > shown.size() ? " and others" : "");
    }
}
