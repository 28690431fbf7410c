/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge.fake;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One table. A DAO of CloudStack is made of it by {@link #as}: each call goes to the method of the same name and number of
 * parameters here or in a subclass, and fails when there is none. So the same code stands behind the declared and the real
 * interfaces, which have hundreds of methods more.
 */
public class Table<T> {
    private final Map<Long, T> rows = new TreeMap<>();
    private long lastId;

    /** The table as a DAO. */
    public final <D> D as(Class<D> dao) {
        Object proxy = Proxy.newProxyInstance(
                dao.getClassLoader(), new Class<?>[] {dao}, (self, method, arguments) -> call(method, arguments));
        return dao.cast(proxy);
    }

    private @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        int count = arguments == null ? 0 : arguments.length;
        for (Method own : getClass().getMethods()) {
            if (own.getName().equals(method.getName()) && own.getParameterCount() == count) {
                try {
                    own.setAccessible(true);
                    return own.invoke(this, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            }
        }
        throw new UnsupportedOperationException("Nothing stands behind " + method);
    }

    /** Puts a row into the table as it is. */
    public synchronized T insert(T row) {
        if ((Long) Fields.get(row, "id") == 0) {
            Fields.set(row, "id", ++lastId);
        }
        rows.put((Long) Fields.get(row, "id"), row);
        return row;
    }

    public synchronized @Nullable T findById(Object id) {
        T row = rows.get((Long) id);
        return row == null || isRemoved(row) ? null : read(row);
    }

    public synchronized @Nullable T findByIdIncludingRemoved(Object id) {
        T row = rows.get((Long) id);
        return row == null ? null : read(row);
    }

    public @Nullable T findByUuid(String uuid) {
        return first(row -> !isRemoved(row) && uuid.equals(Fields.get(row, "uuid")));
    }

    public @Nullable T findByUuidIncludingRemoved(String uuid) {
        return first(row -> uuid.equals(Fields.get(row, "uuid")));
    }

    /** The row, removed or not. */
    public T known(String uuid) {
        T row = findByUuidIncludingRemoved(uuid);
        if (row == null) {
            throw new AssertionError("There is no row " + uuid);
        }
        return row;
    }

    public synchronized T persist(T row) {
        T stored = read(row);
        insert(stored);
        return read(stored);
    }

    public synchronized boolean update(Object id, T row) {
        if (!rows.containsKey((Long) id)) {
            return false;
        }
        rows.put((Long) id, read(row));
        return true;
    }

    public synchronized boolean remove(Object id) {
        T row = rows.get((Long) id);
        if (row == null) {
            return false;
        }
        Fields.set(row, "removed", new Date(0));
        return true;
    }

    /** All live rows, oldest first, that fit. */
    public synchronized List<T> live(Predicate<T> condition) {
        List<T> found = new ArrayList<>();
        for (T row : rows.values()) {
            if (!isRemoved(row) && condition.test(row)) {
                found.add(read(row));
            }
        }
        return found;
    }

    /** A row as a reader gets it: an object of its own where rows change. */
    protected T read(T row) {
        return row;
    }

    private synchronized @Nullable T first(Predicate<T> condition) {
        for (T row : rows.values()) {
            if (condition.test(row)) {
                return read(row);
            }
        }
        return null;
    }

    protected boolean isRemoved(T row) {
        return false;
    }
}
