/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.schedule;

/** Numbers of backups that have been begun and have not ended. */
public record RunningBackups(int scheduled, int onRequest) {
    /**
     * How many more scheduled ones may begin under the cap; negative when it was lowered. Those on request never wait, so they count
     * for half of the cap at most: who requests many must not hold up the schedules of all others.
     */
    int room(int cap) {
        return cap - scheduled - Math.min(onRequest, cap - cap / 2);
    }
}
