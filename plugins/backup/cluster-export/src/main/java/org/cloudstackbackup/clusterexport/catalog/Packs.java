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
    /** As many as threads compress at once. */
    private final Queue<GzipMembers> members = new ConcurrentLinkedQueue<>();

    private int count;
    private ByteArrayOutputStream open = new ByteArrayOutputStream(1 << 16);

    /** Where a content went. */
    public record Place(String pack, long offset, long length) {}

    public Packs(Bucket bucket, Layout layout, String runId) {
        this.bucket = requireNonNull(bucket, "bucket is null");
        this.prefix = layout.packs() + runId + "/";
    }

    /** Adds a content; the thread that fills a pack stores it. */
    public Place add(byte[] content) {
        byte[] member = compress(content);
        byte[] full = null;
        String key;
        Place place;
        synchronized (this) {
            key = key(count);
            place = new Place(key, open.size(), member.length);
            open.writeBytes(member);
            if (open.size() >= FULL_BYTES) {
                full = open.toByteArray();
                open = new ByteArrayOutputStream(1 << 16);
                count++;
            }
        }
        if (full != null) {
            bucket.put(key, full, TYPE);
        }
        return place;
    }

    /** Stores what is left; nothing can be added after it. */
    public synchronized void finish() {
        for (GzipMembers free = members.poll(); free != null; free = members.poll()) {
            free.close();
        }
        if (open.size() > 0) {
            bucket.put(key(count), open.toByteArray(), TYPE);
            open = new ByteArrayOutputStream();
            count++;
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

    private String key(int number) {
        return prefix + String.format("%05d.gz", number);
    }

    private byte[] compress(byte[] content) {
        GzipMembers taken = members.poll();
        GzipMembers free = taken == null ? new GzipMembers() : taken;
        byte[] member = free.compress(content);
        members.add(free);
        return member;
    }
}
