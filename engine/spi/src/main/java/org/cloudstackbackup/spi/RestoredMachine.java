/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.spi;

import java.util.Map;

/**
 * Where a restore to a new VM has put it, when that is not over the volumes that the host had made for it: the product has made
 * the machine and its volumes elsewhere, and the host's are of no use any more.
 *
 * @param details VM details that say from now on which machine the VM is; they replace present ones of the same names
 * @param paths from the uuid of each target volume to where the hypervisor finds its content now
 */
public record RestoredMachine(Map<String, String> details, Map<String, String> paths) {
    public RestoredMachine {
        details = Map.copyOf(details);
        paths = Map.copyOf(paths);
    }
}
