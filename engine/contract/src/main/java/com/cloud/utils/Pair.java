/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.utils;

import java.io.Serializable;
import java.util.Objects;

/** Two values. */
public class Pair<T, U> implements Serializable {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // as serializable as what it holds
    private T first;

    @SuppressWarnings("serial")
    private U second;

    protected Pair() {}

    public Pair(T first, U second) {
        this.first = first;
        this.second = second;
    }

    public T first() {
        return first;
    }

    public T first(T value) {
        first = value;
        return first;
    }

    public U second() {
        return second;
    }

    public U second(U value) {
        second = value;
        return second;
    }

    public void set(T first, U second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pair<?, ?> pair
                && Objects.equals(first, pair.first)
                && Objects.equals(second, pair.second);
    }

    @Override
    public int hashCode() {
        return Objects.hash(first, second);
    }

    @Override
    public String toString() {
        return "[" + first + ", " + second + "]";
    }
}
