/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.sync;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The ids of rows that a listing has confirmed: one bit each, in blocks of 65,536 that exist only where rows are. A million rows
 * of one zone take some 125 kB, so that what a comparison keeps is its page. Not safe for use by many threads.
 */
final class Marks {
    private static final int BITS = 16;
    private static final int MASK = (1 << BITS) - 1;

    private final Map<Long, BitSet> blocks = new HashMap<>();

    /** @return whether it was not marked before */
    boolean add(long id) {
        BitSet block = blocks.computeIfAbsent(id >>> BITS, key -> new BitSet());
        int bit = (int) (id & MASK);
        boolean fresh = !block.get(bit);
        block.set(bit);
        return fresh;
    }

    boolean has(long id) {
        BitSet block = blocks.get(id >>> BITS);
        return block != null && block.get((int) (id & MASK));
    }
}
