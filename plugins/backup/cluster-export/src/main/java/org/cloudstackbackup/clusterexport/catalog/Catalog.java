/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.catalog;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cloudstackbackup.clusterexport.bucket.Bucket;
import org.cloudstackbackup.clusterexport.bucket.Bucket.Stored;
import org.cloudstackbackup.clusterexport.bucket.RunLock;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.content.SecretTreatment;
import org.cloudstackbackup.clusterexport.observe.JsonText;
import org.jspecify.annotations.Nullable;

/** The runs of one cluster in the bucket. Readers need no lock: what {@code latest} names is complete and never changes. */
public final class Catalog {
    private static final String JSON = "application/json";

    private final Bucket bucket;
    private final Layout layout;

    /** The newest run, the newest complete one, and the last sequence number. Ids are empty where there is none. */
    public record Latest(String run, String completeRun, long sequence) {}

    public Catalog(Bucket bucket, Layout layout) {
        this.bucket = requireNonNull(bucket, "bucket is null");
        this.layout = requireNonNull(layout, "layout is null");
    }

    public Layout layout() {
        return layout;
    }

    /** The store's own time, by which runs are dated and expire; nothing when the store does not tell it. */
    public Optional<Instant> storeTime() {
        return bucket.time();
    }

    /** What was recorded last; when the object that says so is lost, it is found again in the records of the runs. */
    public Latest latest() {
        try {
            return object(layout.latest()).map(Catalog::of).orElseGet(this::newestRecorded);
        } catch (CallFailed e) {
            if (!(e.getCause() instanceof UncheckedIOException)) {
                throw e;
            }
        } catch (IllegalArgumentException e) {
            // Damaged is as good as lost: the records of the runs tell the same.
        }
        return newestRecorded();
    }

    /** Fails with {@link IllegalArgumentException} when it is not what {@link #record} writes. */
    private static Latest of(Map<String, @Nullable Object> map) {
        Latest latest = new Latest(
                JsonTree.text(map, "run"),
                JsonTree.text(map, "completeRun"),
                Long.parseLong(JsonTree.text(map, "sequence")));
        if (latest.run().isEmpty()) {
            throw new IllegalArgumentException("No run is named");
        }
        return latest;
    }

    private Latest newestRecorded() {
        List<RunRecord> found = new ArrayList<>();
        bucket.list(layout.runs(), listed -> {
            if (listed.key().endsWith("/run.json")) {
                try {
                    record(listed.key()).ifPresent(found::add);
                } catch (CallFailed e) {
                    // A damaged record is no run to go on from; who deletes reads it again, and fails.
                    if (e.errorClass() != ErrorClass.INVALID) {
                        throw e;
                    }
                }
            }
        });
        found.sort(Comparator.comparingLong(RunRecord::sequence));
        Latest latest = new Latest("", "", 0);
        for (RunRecord run : found) {
            String complete = run.outcome() == Outcome.COMPLETE ? run.id() : latest.completeRun();
            latest = new Latest(run.id(), complete, run.sequence());
        }
        return latest;
    }

    /** The runs that were recorded, oldest first; what a killed run left is not among them. */
    public List<RunRecord> runs() {
        long last = latest().sequence();
        List<RunRecord> runs = new ArrayList<>();
        bucket.list(layout.runs(), listed -> {
            if (listed.key().endsWith("/run.json")) {
                record(listed.key()).ifPresent(runs::add);
            }
        });
        runs.removeIf(run -> run.sequence() > last);
        runs.sort(Comparator.comparingLong(RunRecord::sequence));
        return runs;
    }

    /** Some of the runs that were recorded, newest first; only these are read. */
    public Page page(long offset, int limit) {
        long last = latest().sequence();
        List<String> ids = new ArrayList<>();
        bucket.list(layout.runs(), listed -> {
            String id = folder(layout.runs(), listed.key());
            if (listed.key().endsWith("/run.json") && sequence(id) <= last) {
                ids.add(id);
            }
        });
        ids.sort(Comparator.comparingLong(Catalog::sequence)
                .thenComparing(id -> id)
                .reversed());
        List<RunRecord> runs = new ArrayList<>();
        for (String id : ids.subList((int) Math.min(offset, ids.size()), (int) Math.min(offset + limit, ids.size()))) {
            // One that is gone meanwhile was deleted.
            record(layout.run(id)).ifPresent(runs::add);
        }
        return new Page(runs, ids.size());
    }

    /** Some runs, and how many there are. */
    public record Page(List<RunRecord> runs, long total) {
        public Page {
            runs = List.copyOf(runs);
        }
    }

    /** A run by id; {@code latest} and {@code latest-complete} name the newest ones. */
    public RunRecord run(String id) {
        Latest latest = latest();
        String wanted = id.equals("latest") ? latest.run() : id.equals("latest-complete") ? latest.completeRun() : id;
        if (wanted.isEmpty() || !wanted.matches("[A-Za-z0-9-]{1,100}")) {
            throw new CallFailed(ErrorClass.NOT_FOUND, "There is no run '" + id + "' below " + layout.runs(), null);
        }
        return record(layout.run(wanted))
                .filter(run -> run.sequence() <= latest.sequence())
                .orElseThrow(() -> new CallFailed(
                        ErrorClass.NOT_FOUND, "There is no run '" + id + "' below " + layout.runs(), null));
    }

    /** The manifest of a run, checked against the hash in its record. */
    public Manifest manifest(RunRecord run) {
        String key = layout.manifest(run.id());
        byte[] bytes = bucket.get(key)
                .orElseThrow(() -> new CallFailed(ErrorClass.NOT_FOUND, "The manifest " + key + " is missing", null))
                .body();
        if (!hash(bytes).equals(run.manifestHash())) {
            throw new CallFailed(ErrorClass.INVALID, "The manifest " + key + " is not the one that was written", null);
        }
        try {
            return Manifest.of(bytes);
        } catch (IOException e) {
            throw new CallFailed(ErrorClass.INVALID, "The manifest " + key + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The sizes of all packs in bytes, by key. */
    public Map<String, Long> packs() {
        Map<String, Long> packs = new HashMap<>();
        bucket.list(layout.packs(), listed -> packs.put(listed.key(), listed.bytes()));
        return packs;
    }

    /** Records a run: the manifest, whose hash it names, then the record, then, with one write, that it is the latest. */
    public void record(RunRecord run, byte[] manifest, RunLock lock) {
        lock.confirm();
        String complete = run.outcome() == Outcome.COMPLETE ? run.id() : latest().completeRun();
        byte[] hash = HexFormat.of().parseHex(run.manifestHash());
        bucket.put(layout.manifest(run.id()), manifest, "application/gzip", hash, lock::check);
        byte[] record = json(run.toMap());
        bucket.put(layout.run(run.id()), record, JSON, SecretTreatment.sha256(record), lock::check);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("run", run.id());
        map.put("completeRun", complete);
        map.put("sequence", run.sequence());
        map.put("manifest", layout.manifest(run.id()));
        bucket.replace(layout.latest(), json(map), stored -> checkLatest(stored, run, lock));
    }

    /** Before each attempt to write {@code latest}: whoever lost the lock must not put an older run in its place. */
    private void checkLatest(Optional<Stored> stored, RunRecord run, RunLock lock) {
        lock.confirm();
        long recorded = stored.flatMap(Catalog::sequenceIn).orElse(0L);
        String by = stored.map(found -> new String(found.body(), StandardCharsets.UTF_8))
                .orElse("");
        if (recorded >= run.sequence() && !by.contains('"' + run.id() + '"')) {
            throw new CallFailed(
                    ErrorClass.CONFLICT,
                    "The run " + run.id() + " is not recorded, as another was meanwhile: " + by.strip(),
                    null);
        }
    }

    /** The sequence that {@code latest} tells; nothing when it is damaged. */
    private static Optional<Long> sequenceIn(Stored stored) {
        try {
            return Optional.of(of(JsonTree.readObject(new String(stored.body(), StandardCharsets.UTF_8)))
                    .sequence());
        } catch (UncheckedIOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<RunRecord> record(String key) {
        try {
            return object(key).map(RunRecord::of);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new CallFailed(ErrorClass.INVALID, "The object " + key + " is damaged: it is no run's record", e);
        }
    }

    /** A small JSON object of the layout. */
    public Optional<Map<String, @Nullable Object>> object(String key) {
        return bucket.get(key).map(stored -> {
            try {
                return JsonTree.readObject(new String(stored.body(), StandardCharsets.UTF_8));
            } catch (UncheckedIOException e) {
                throw new CallFailed(ErrorClass.INVALID, "The object " + key + " is damaged: it is no JSON", e);
            }
        });
    }

    public void putObject(String key, Map<String, ?> object) {
        bucket.put(key, json(object), JSON);
    }

    /** Stores a small JSON object; the check runs before each attempt and may throw to end it all. */
    public void putObject(String key, Map<String, ?> object, Runnable check) {
        byte[] body = json(object);
        bucket.put(key, body, JSON, SecretTreatment.sha256(body), check);
    }

    /**
     * Deletes runs, and then the packs no run needs, also those of runs that were killed. The caller holds the lock; what a run after the newest of
     * {@code all} wrote stays, as the caller then does not know what that run needs.
     *
     * @return the keys that were deleted
     * @throws CallFailed when the lock is lost meanwhile, or, before anything is deleted, when {@code all} lacks a run whose record is there, or one
     *     that {@code latest} names: packs that it needs would go
     */
    public List<String> delete(Set<String> runIds, List<RunRecord> all, RunLock lock) {
        Set<String> keptPacks = new HashSet<>();
        Set<String> known = new HashSet<>();
        Set<String> keptRuns = new HashSet<>();
        long last = 0;
        for (RunRecord run : all) {
            known.add(run.id());
            last = Math.max(last, run.sequence());
            if (!runIds.contains(run.id())) {
                keptPacks.addAll(run.packs());
                keptRuns.add(run.id());
            }
        }
        long newest = last;
        List<String> keys = new ArrayList<>();
        bucket.list(layout.runs(), listed -> {
            String run = folder(layout.runs(), listed.key());
            boolean record = listed.key().endsWith("/run.json");
            if (record && !known.contains(run) && (all.isEmpty() || sequence(run) <= newest)) {
                throw new CallFailed(
                        ErrorClass.INVALID,
                        "Nothing is deleted: " + listed.key() + " is there, but "
                                + (all.isEmpty() ? "no run is known" : "was not read"),
                        null);
            }
            if (!keptRuns.contains(run) && sequence(run) <= newest) {
                keys.add(listed.key());
            }
        });
        checkLatest(known);
        bucket.delete(keys, lock::check);
        List<String> packs = new ArrayList<>();
        bucket.list(layout.packs(), listed -> {
            if (!keptPacks.contains(listed.key()) && sequence(folder(layout.packs(), listed.key())) <= newest) {
                packs.add(listed.key());
            }
        });
        bucket.delete(packs, lock::check);
        keys.addAll(packs);
        return keys;
    }

    /** A listing that lacks what was recorded last lacks more, perhaps. */
    private void checkLatest(Set<String> known) {
        Latest latest = latest();
        for (String run : List.of(latest.run(), latest.completeRun())) {
            if (!run.isEmpty() && !known.contains(run)) {
                throw new CallFailed(
                        ErrorClass.INVALID,
                        "Nothing is deleted: " + layout.latest() + " names the run " + run + ", which was not found",
                        null);
            }
        }
    }

    private static String folder(String prefix, String key) {
        return key.substring(prefix.length()).replaceFirst("/.*", "");
    }

    /** The sequence in a run's id; 0 for what is no id. */
    private static long sequence(String runId) {
        return runId.matches("r\\d{6,18}-.*") ? Long.parseLong(runId.substring(1, runId.indexOf('-'))) : 0;
    }

    /** The hash by which manifests are checked. */
    public static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(SecretTreatment.sha256(bytes));
    }

    private static byte[] json(Map<String, ?> map) {
        return (JsonText.of(map) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
