/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.catalog;

/**
 * One object of a run: where its file is, which state of the object it shows, and where its content is kept.
 *
 * @param type qualified name
 * @param hash of the file's content, before encryption
 * @param pack key of the pack that keeps the content, with the place in it
 */
public record Entry(
        String key,
        String type,
        String namespace,
        String name,
        String uid,
        String version,
        String hash,
        long sizeBytes,
        String pack,
        long offset,
        long length) {
    /** The same content, seen in another state of the object. */
    public Entry seenAs(String newUid, String newVersion) {
        return new Entry(key, type, namespace, name, newUid, newVersion, hash, sizeBytes, pack, offset, length);
    }

    /** The same object with a content, of so many bytes in its file, which a pack keeps. */
    public Entry stored(String newHash, long newSize, Packs.Place place) {
        return new Entry(
                key,
                type,
                namespace,
                name,
                uid,
                version,
                newHash,
                newSize,
                place.pack(),
                place.offset(),
                place.length());
    }
}
