/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.cli;

import java.util.List;
import java.util.function.Supplier;

/** The commands of the program. */
final class Commands {
    private Commands() {}

    static List<Object> all(Supplier<Environment> environment) {
        return List.of(
                new RunCommand(environment),
                new PlanCommand(environment),
                new ListCommand(environment),
                new DiffCommand(environment),
                new RestoreCommand(environment),
                new PruneCommand(environment),
                new CheckConfigCommand(environment));
    }
}
