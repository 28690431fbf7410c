/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.catalog;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPInputStream;
import org.cloudstackbackup.clusterexport.bucket.Bucket;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.content.SecretTreatment;

/**
 * Keeps the content of a run's changed objects, many to one file, so that a run can be read after its files were overwritten by a later one. A pack
 * is a file of gzip members, one for each object: {@code zcat} shows it all, and a range of bytes is one object.
 *
 * <p>Safe for use by many threads. What {@link #add} was told is stored for sure once {@link #finish} returned.
 */
public final class Packs {
    private static final int FULL_BYTES = 8 << 20;
    private static final String TYPE = "application/gzip";

    private final Bucket bucket;
    private final String prefix;
    private final Runnable check;
    /** As many as threads compress at once. */
    private final Queue<GzipMembers> members = new ConcurrentLinkedQueue<>();

    private final OpenPack common;
    /** Secrets have packs of their own, so that old values go with the runs that need them, whatever else stays unchanged. */
    private final OpenPack secrets;

    /** A pack that is being filled, and the number of those up to it. */
    private final class OpenPack {
        private final String kind;
        private int count;
        private String key;
        private ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);

        OpenPack(String kind) {
            this.kind = kind;
            this.key = nextKey();
        }

        private String nextKey() {
            return prefix + kind + String.format("%05d.gz", count++);
        }

        byte[] take() {
            byte[] full = bytes.toByteArray();
            bytes = new ByteArrayOutputStream(1 << 16);
            key = nextKey();
            return full;
        }
    }

    /** Where a content went. */
    public record Place(String pack, long offset, long length) {}

    /** {@code check} runs before each attempt to store a pack, and may throw to end it. */
    public Packs(Bucket bucket, Layout layout, String runId, Runnable check) {
        this.bucket = requireNonNull(bucket, "bucket is null");
        this.check = requireNonNull(check, "check is null");
        this.prefix = layout.packs() + runId + "/";
        this.common = new OpenPack("");
        this.secrets = new OpenPack("secrets-");
    }

    /** A content as {@link #add} takes it. */
    public byte[] compress(byte[] content) {
        GzipMembers taken = members.poll();
        GzipMembers free = taken == null ? new GzipMembers() : taken;
        byte[] member = free.compress(content);
        members.add(free);
        return member;
    }

    /** Adds a compressed content, of a Secret or of anything else; the thread that fills a pack stores it. */
    public Place add(byte[] member, boolean secret) {
        byte[] full = null;
        String key;
        Place place;
        synchronized (this) {
            OpenPack open = secret ? secrets : common;
            key = open.key;
            place = new Place(key, open.bytes.size(), member.length);
            open.bytes.writeBytes(member);
            if (open.bytes.size() >= FULL_BYTES) {
                full = open.take();
            }
        }
        if (full != null) {
            store(key, full);
        }
        return place;
    }

    /** Stores what is left; nothing can be added after it. */
    public synchronized void finish() {
        for (GzipMembers free = members.poll(); free != null; free = members.poll()) {
            free.close();
        }
        for (OpenPack open : java.util.List.of(common, secrets)) {
            if (open.bytes.size() > 0) {
                String key = open.key;
                store(key, open.take());
            }
        }
    }

    /** The content of an entry. */
    public static byte[] read(Bucket bucket, Entry entry) {
        byte[] member = bucket.getRange(entry.pack(), entry.offset(), entry.length());
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(member))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new CallFailed(
                    ErrorClass.INVALID, "The pack " + entry.pack() + " is damaged at " + entry.offset() + ": " + e, e);
        }
    }

    private void store(String key, byte[] pack) {
        bucket.put(key, pack, TYPE, SecretTreatment.sha256(pack), check);
    }
}
