/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.backup;

import org.apache.cloudstack.api.ResourceDetail;

/** A detail of a backup. */
public class BackupDetailVO implements ResourceDetail {
    private long id;
    private final long resourceId;
    private final String name;
    private final String value;
    private final boolean display;

    public BackupDetailVO(long backupId, String name, String value, boolean display) {
        this.resourceId = backupId;
        this.name = name;
        this.value = value;
        this.display = display;
    }

    @Override
    public long getId() {
        return id;
    }

    @Override
    public long getResourceId() {
        return resourceId;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getValue() {
        return value;
    }

    @Override
    public boolean isDisplay() {
        return display;
    }
}
