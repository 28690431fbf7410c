/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MarksTest {
    @Test
    void whatWasAddedIsThereAndNothingElse() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Marks marks = new Marks();
        Set<Long> added = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            // Near each other, at the edges of blocks, and far apart.
            long id =
                    random.nextInt(4) == 0 ? random.nextLong() >>> 1 : random.nextInt(4) * 65_536L + random.nextInt(3);
            assertThat(marks.add(id)).as("seed %d, id %d", seed, id).isEqualTo(added.add(id));
        }
        for (long id : added) {
            assertThat(marks.has(id)).as("seed %d, id %d", seed, id).isTrue();
            assertThat(marks.has(id + 1)).as("seed %d, id %d", seed, id + 1).isEqualTo(added.contains(id + 1));
        }
    }
}
