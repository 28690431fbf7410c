/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.service;

import java.util.List;
import java.util.function.Supplier;
import org.cloudstackbackup.clusterexport.config.InvalidConfiguration;

/** Says which of the parameters of a restore is wrong. */
final class Wrong {
    private Wrong() {}

    static InvalidConfiguration problem(String name, String text) {
        return new InvalidConfiguration(List.of("parameter " + name + " " + text));
    }

    static <T> T asProblem(String name, Supplier<T> parsed) {
        try {
            return parsed.get();
        } catch (IllegalArgumentException e) {
            InvalidConfiguration failure = problem(name, "is wrong: " + e.getMessage());
            failure.initCause(e);
            throw failure;
        }
    }
}
