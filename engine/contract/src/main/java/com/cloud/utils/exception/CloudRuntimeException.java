/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.utils.exception;

import com.cloud.utils.Pair;
import java.util.ArrayList;
import java.util.List;

/** An unexpected error; 530 to the caller unless a subclass says otherwise. */
public class CloudRuntimeException extends RuntimeException implements ErrorContext {
    private static final long serialVersionUID = 1L;

    protected int csErrorCode;

    // A Pair of a class and a text is serializable, an arbitrary List is not.
    private final ArrayList<Pair<Class<?>, String>> entitiesInError = new ArrayList<>();

    protected CloudRuntimeException() {}

    public CloudRuntimeException(String message) {
        super(message);
    }

    public CloudRuntimeException(String message, Throwable cause) {
        super(message, cause);
    }

    public CloudRuntimeException(Throwable cause) {
        super(cause);
    }

    @Override
    public CloudRuntimeException add(Class<?> entity, String uuid) {
        entitiesInError.add(new Pair<>(entity, uuid));
        return this;
    }

    @Override
    public List<Pair<Class<?>, String>> getEntitiesInError() {
        return entitiesInError;
    }

    /** Number that is sent as {@code cserrorcode}; 0 until it is set. */
    public int getCSErrorCode() {
        return csErrorCode;
    }

    public void setCSErrorCode(int csErrorCode) {
        this.csErrorCode = csErrorCode;
    }
}
