/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.cloudstackbackup.clusterexport.catalog.Entry;
import org.cloudstackbackup.clusterexport.catalog.Manifest;
import org.cloudstackbackup.clusterexport.catalog.Manifest.Tombstone;
import org.cloudstackbackup.clusterexport.catalog.Manifest.TypeRecord;
import org.cloudstackbackup.clusterexport.catalog.Outcome;
import org.cloudstackbackup.clusterexport.config.ContentSettings.SecretsPolicy;
import org.cloudstackbackup.clusterexport.config.Settings;
import org.cloudstackbackup.clusterexport.kube.Discovery;
import org.cloudstackbackup.clusterexport.select.TypeSelection;

/** What comes of a run: the new manifest, which of the old entries live on, and the honest outcome. */
final class RunResult {
    private final RunContext run;
    private final Map<String, TypeProgress> types = new TreeMap<>();
    private final Map<String, Entry> entries;
    private final List<Tombstone> tombstones = new ArrayList<>();
    private final Map<String, String> missing = new TreeMap<>();
    private final Manifest manifest;
    private final RemovedTypes removed;
    private final List<String> unmatched;
    private long outdated;

    static RunResult of(
            Settings settings,
            RunContext run,
            Discovery discovery,
            TypeSelection selection,
            List<TypeProgress> types,
            String content,
            RemovedTypes removed,
            List<String> unmatched) {
        return new RunResult(settings, run, discovery, selection, types, content, removed, unmatched);
    }

    private RunResult(
            Settings settings,
            RunContext run,
            Discovery discovery,
            TypeSelection selection,
            List<TypeProgress> progress,
            String content,
            RemovedTypes removed,
            List<String> unmatched) {
        this.run = run;
        this.removed = removed;
        this.unmatched = unmatched;
        progress.forEach(type -> types.put(type.type.qualifiedName(), type));
        discovery.broken().forEach((version, reason) -> {
            String group = version.replaceFirst("/.*", "");
            if (selection.mayWant(group, discovery, run.before.types().keySet())) {
                missing.put(version, reason);
            }
        });
        String selected = selectionFingerprint(settings);
        boolean sameSelection = run.before.selection().equals(selected);
        int known = Math.max(
                run.before.entries().size(),
                progress.stream().mapToInt(type -> type.entries().size()).sum());
        Map<String, Entry> current = new HashMap<>(known * 4 / 3 + 1);
        progress.forEach(type -> current.putAll(type.entries()));
        for (Entry entry : run.before.entries().values()) {
            if (!current.containsKey(entry.key())) {
                settle(entry, discovery, sameSelection).ifPresent(kept -> current.put(kept.key(), kept));
            }
        }
        this.entries = sorted(current, run.before);
        this.manifest = new Manifest(
                run.runId,
                settings.clusterName(),
                run.clusterUid,
                content,
                selected,
                run.segments,
                typeRecords(),
                entries,
                tombstones);
    }

    /** By key. Most are where the run before had them, so only new ones have to be sorted. */
    private static Map<String, Entry> sorted(Map<String, Entry> entries, Manifest before) {
        List<String> added = new ArrayList<>();
        for (String key : entries.keySet()) {
            if (!before.entries().containsKey(key)) {
                added.add(key);
            }
        }
        added.sort(null);
        Map<String, Entry> sorted = new LinkedHashMap<>(entries.size() * 4 / 3 + 1);
        int next = 0;
        for (String key : before.entries().keySet()) {
            for (; next < added.size() && added.get(next).compareTo(key) < 0; next++) {
                sorted.put(added.get(next), entries.get(added.get(next)));
            }
            Entry entry = entries.get(key);
            if (entry != null) {
                sorted.put(key, entry);
            }
        }
        added.subList(next, added.size()).forEach(key -> sorted.put(key, entries.get(key)));
        return sorted;
    }

    /** An object of the run before that this one has not: kept while nobody knows, else told as vanished. */
    private Optional<Entry> settle(Entry entry, Discovery discovery, boolean sameSelection) {
        TypeProgress type = types.get(entry.type());
        boolean unknown;
        if (type != null) {
            unknown = !type.isListed() || type.isUnresolved(entry.key());
            if (type.isUnresolved(entry.key())) {
                outdated++;
            }
        } else {
            String group = entry.type().contains(".")
                    ? entry.type().substring(entry.type().indexOf('.') + 1)
                    : "";
            unknown = discovery.isBroken(group) || isAway(entry.type());
        }
        if (unknown) {
            // Written by other settings than those the new manifest names, so the next run must not skip it.
            return Optional.of(run.sameContent ? entry : entry.seenAs(entry.uid(), ""));
        }
        String reason = sameSelection ? "vanished" : "not_selected";
        tombstones.add(new Tombstone(entry.key(), entry.type(), entry.namespace(), entry.name(), reason));
        return Optional.empty();
    }

    /** Whether a type is not served at the moment, but may come back with its objects. */
    private boolean isAway(String type) {
        if (removed.isServed(type)) {
            return false;
        }
        String doubt = removed.doubt(type);
        if (!doubt.isEmpty()) {
            missing.put(type, doubt);
        }
        return !doubt.isEmpty();
    }

    private Map<String, TypeRecord> typeRecords() {
        Map<String, TypeRecord> records = new TreeMap<>();
        Set<String> inUse = new HashSet<>();
        entries.values().forEach(entry -> inUse.add(entry.type()));
        run.before.types().forEach((name, record) -> {
            if (inUse.contains(name)) {
                records.put(name, new TypeRecord(record.apiVersion(), record.kind(), record.namespaced(), false, ""));
            }
        });
        types.forEach((name, progress) -> records.put(
                name,
                new TypeRecord(
                        progress.type.apiVersion(),
                        progress.type.kind(),
                        progress.type.namespaced(),
                        progress.isListed(),
                        progress.listedVersion())));
        return records;
    }

    private static String selectionFingerprint(Settings settings) {
        return settings.filters() + " " + settings.content().secrets();
    }

    /**
     * Changes with the objects that are exported, not with what their files hold: values of Secrets that were exported before go by retention, and are
     * not kept as those of another selection.
     */
    static String objectsFingerprint(Settings settings) {
        boolean secrets = settings.content().secrets() != SecretsPolicy.EXCLUDE;
        return settings.filters() + (secrets ? "" : " no secrets");
    }

    Manifest manifest() {
        return manifest;
    }

    Outcome outcome() {
        // What could not be stored anew is there with its old content, which is not the object of this run.
        boolean whole = missing.isEmpty()
                && outdated == 0
                && types.values().stream().allMatch(type -> type.isListed() && !type.hasFailures());
        return whole ? Outcome.COMPLETE : Outcome.PARTIAL;
    }

    int namespaces() {
        return (int) entries.values().stream()
                .map(Entry::namespace)
                .filter(name -> !name.isEmpty())
                .distinct()
                .count();
    }

    /** Files that stand for nothing: of vanished objects, of earlier attempts, and what a killed run left. */
    List<String> filesToDelete(List<String> strangers) {
        Set<String> keys = new HashSet<>(strangers);
        tombstones.forEach(stone -> keys.add(stone.key()));
        keys.addAll(run.written);
        keys.removeAll(entries.keySet());
        return keys.stream().sorted().toList();
    }

    Map<String, Object> totals() {
        Map<String, Object> totals = new LinkedHashMap<>();
        totals.put("outcome", outcome().label());
        totals.put("total_resources", entries.size());
        totals.put("total_namespaces", namespaces());
        totals.put("uploaded", sum(type -> type.uploaded.sum()));
        totals.put("unchanged", sum(type -> type.unchanged.sum()));
        totals.put("skipped", sum(TypeProgress::skippedCount));
        totals.put("invalid", sum(type -> type.invalid.sum()));
        totals.put("failed", sum(type -> type.failed.sum()));
        totals.put("outdated", outdated);
        totals.put("vanished", tombstones.size());
        totals.put(
                "failed_types",
                types.values().stream().filter(type -> !type.isListed()).count());
        return totals;
    }

    private long sum(java.util.function.ToLongFunction<TypeProgress> count) {
        return types.values().stream().mapToLong(count).sum();
    }

    Map<String, Object> report() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("totals", totals());
        Map<String, Object> perType = new LinkedHashMap<>();
        types.forEach((name, type) -> perType.put(name, type.report()));
        report.put("types", perType);
        report.put("missing_groups", missing);
        report.put("unmatched_names", unmatched);
        report.put("failures", run.failures());
        Map<String, Object> namespaces = new TreeMap<>();
        Map<String, Integer> counts = new HashMap<>();
        entries.values().forEach(entry -> counts.merge(entry.namespace(), 1, Integer::sum));
        counts.forEach((name, count) -> namespaces.put(name.isEmpty() ? "_cluster" : name, count));
        report.put("namespaces", namespaces);
        return report;
    }
}
