/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.util.Optional;
import org.cloudstackbackup.framework.identity.Owner;
import org.jspecify.annotations.Nullable;

/**
 * Finds the object that a uuid parameter names.
 *
 * @param responseType the parameter's {@code entityType}
 * @param finder finds by uuid, including removed objects, so that the command can say what became of them
 */
public record EntityLookup(Class<?> responseType, Finder finder) {
    /** Looks an object up in its store. */
    @FunctionalInterface
    public interface Finder {
        Optional<Found> find(String uuid);
    }

    /**
     * An object that exists.
     *
     * @param owner null for objects that belong to nobody, such as zones. A caller who may not reach the owner gets the same
     *     answer as for a uuid that does not exist.
     */
    public record Found(long id, String uuid, @Nullable Owner owner) {}
}
