/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.restore;

/** What happens with an object that is there already. */
public enum ConflictPolicy {
    /** It stays as it is. */
    SKIP,
    /** It gets the exported content. */
    UPDATE,
    /** It is deleted first. */
    RECREATE,
    /** Nothing at all is written when one is there. */
    FAIL
}
