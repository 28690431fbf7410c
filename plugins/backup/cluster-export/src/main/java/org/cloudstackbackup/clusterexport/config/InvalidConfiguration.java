/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.config;

import java.util.List;

/** What is wrong with the configuration, all at once; each problem begins with the setting's name. */
public final class InvalidConfiguration extends RuntimeException {
    private final List<String> problems;

    public InvalidConfiguration(List<String> problems) {
        super("The configuration has " + problems.size() + (problems.size() == 1 ? " problem: " : " problems: ")
                + String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
