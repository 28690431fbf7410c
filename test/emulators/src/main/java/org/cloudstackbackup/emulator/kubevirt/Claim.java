/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.kubevirt;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * A persistent volume claim with its volume.
 *
 * @param size in bytes
 */
public record Claim(
        String namespace,
        String name,
        String uid,
        long size,
        String storageClass,
        String provisioner,
        Content content) {
    /** The provisioner of Portworx volumes, the only ones with incremental backups. */
    public static final String PORTWORX = "pxd.portworx.com";

    public Claim {
        requireNonNull(namespace, "namespace is null");
        requireNonNull(name, "name is null");
        requireNonNull(uid, "uid is null");
        requireNonNull(storageClass, "storageClass is null");
        requireNonNull(provisioner, "provisioner is null");
        requireNonNull(content, "content is null");
    }

    /** A new claim on Portworx with that text on it, a tenth in use. */
    public static Claim of(String namespace, String name, long size, String text) {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        long used = Math.max(bytes.length, size / 10);
        return new Claim(namespace, name, newUid(), size, "px-db", PORTWORX, new Content(1, bytes, used, used));
    }

    /** The name of the persistent volume. */
    public String volumeName() {
        return "pvc-" + uid;
    }

    public Claim withProvisioner(String changedClass, String changed) {
        return new Claim(namespace, name, uid, size, changedClass, changed, content);
    }

    Claim withContent(Content changed) {
        return new Claim(namespace, name, uid, size, storageClass, provisioner, changed);
    }

    static String newUid() {
        return UUID.randomUUID().toString();
    }
}
