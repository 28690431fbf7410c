/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.select;

import org.cloudstackbackup.clusterexport.kube.ResourceType;

/** One type, and why it is left out; the reason is empty when it is exported. */
public record TypeChoice(ResourceType type, String reason) {
    public boolean isExported() {
        return reason.isEmpty();
    }
}
