/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cloudstackbackup.framework.identity.Caller;

/** Remembers whose things were to be stopped and removed; there are none. */
final class RememberedBelongings implements Belongings {
    final List<String> asked = new CopyOnWriteArrayList<>();

    @Override
    public void stop(Caller caller, long accountId) {
        asked.add("stop " + accountId);
    }

    @Override
    public void remove(Caller caller, long accountId) {
        asked.add("remove " + accountId);
    }
}
