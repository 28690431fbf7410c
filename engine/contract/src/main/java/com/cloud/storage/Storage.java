/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.storage;

/** Holds the kinds of storage. */
public class Storage {
    /** How much of a volume is allocated when it is made. */
    public enum ProvisioningType {
        THIN,
        SPARSE,
        FAT
    }

    /** Form of a volume's bytes; those that the bridge does not name are left out. */
    public enum ImageFormat {
        QCOW2,
        RAW
    }

    /** Kind of a pool; those that the bridge does not name are left out. */
    public enum StoragePoolType {
        Filesystem,
        NetworkFilesystem,
        SharedMountPoint
    }
}
