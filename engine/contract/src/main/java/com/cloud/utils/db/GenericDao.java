/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.utils.db;

import java.io.Serializable;

/**
 * Rows of one table. Rows with a time in {@code removed} are not found unless the method says so.
 *
 * <p>Objects that come out are the ones to change and to give to {@link #update}; what went into {@link #persist} is not.
 */
public interface GenericDao<T, ID extends Serializable> {
    /** The live row, or null. */
    T findById(ID id);

    /** The row, or null. */
    T findByIdIncludingRemoved(ID id);

    /** The live row, or null. */
    T findByUuid(String uuid);

    /** The row, or null. */
    T findByUuidIncludingRemoved(String uuid);

    /** The row, locked until the end of the present transaction; null when there is none. */
    T lockRow(ID id, Boolean exclusive);

    /** Inserts a row, and gives it back with its id. */
    T persist(T entity);

    /** Writes what was set on the entity; false when no row was changed. */
    boolean update(ID id, T entity);

    /** Marks a row as removed, where the table knows that; deletes it elsewhere. */
    boolean remove(ID id);
}
