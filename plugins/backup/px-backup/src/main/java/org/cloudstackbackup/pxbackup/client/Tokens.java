/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

/** Where bearer tokens come from. For many threads. */
interface Tokens extends AutoCloseable {
    /** A token that should be good for the next call. */
    String current();

    /**
     * Says that the server refused the token.
     *
     * @return true when {@link #current} gives another one from now on
     */
    boolean refused(String token);

    @Override
    void close();

    /** A token that was issued elsewhere. */
    record Fixed(String current) implements Tokens {
        @Override
        public boolean refused(String token) {
            return false;
        }

        @Override
        public void close() {}

        @Override
        public String toString() {
            return "Fixed[...]";
        }
    }
}
