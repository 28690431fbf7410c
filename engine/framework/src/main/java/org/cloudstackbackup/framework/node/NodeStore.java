/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.node;

import java.time.Instant;
import java.util.List;

/** Where servers tell that they live. Every write is atomic. */
public interface NodeStore {
    /** Tells that the server has started; the time of its last stop is kept. Idempotent by uuid. */
    void started(ServerNode node);

    /** Tells that the server lives; false when nobody knows it. */
    boolean alive(String uuid, Instant when);

    /** Tells that the server was stopped in good order. */
    void stopped(String uuid, Instant when);

    /** All servers there ever were and that were not forgotten, in the order of their first start. */
    List<ServerNode> all();

    /** Forgets those without a sign of life since then; returns how many. */
    int removeSilentSince(Instant when);
}
