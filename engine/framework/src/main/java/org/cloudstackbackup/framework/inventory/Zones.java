/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

import java.util.List;
import java.util.Optional;

/** Where zones are kept; what backup and recovery needs of them. */
public interface Zones {
    /** Empty when there is none, or it was removed. */
    Optional<Zone> find(long id);

    /** All that are not removed, by id. */
    List<Zone> all();
}
