/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.cloudstackbackup.clusterexport.catalog.Entry;
import org.cloudstackbackup.clusterexport.export.ListCalls.Ask;
import org.junit.jupiter.api.Test;

/** When pages have metadata only, and how many objects then. */
class PageFormTest {
    private static final Ask WHOLE = PageForm.first(500);
    private static final Ask BRIEF = new Ask(2000, "t", true);

    private final PageForm form = new PageForm(500, () -> KnownSizes.of(List.of()), () -> true);

    @Test
    void theFirstPageHasWholeObjects() {
        assertThat(form.isBrief()).isFalse();
        assertThat(PageForm.first(500)).isEqualTo(new Ask(500, "", false));
    }

    @Test
    void afterAPageOfWhichNearlyNothingHadToBeReadMetadataWillDo() {
        form.had(WHOLE, 500, 50, 500_000, false, "a/x");
        assertThat(form.isBrief()).isTrue();
        assertThat(form.next("t", 0)).isEqualTo(new Ask(2000, "t", true));
    }

    @Test
    void afterOneOfWhichMoreHadToBeReadItWillNot() {
        form.had(WHOLE, 500, 51, 500_000, false, "a/x");
        assertThat(form.isBrief()).isFalse();
        assertThat(form.next("t", 0)).isEqualTo(new Ask(500, "t", false));
    }

    @Test
    void ofLargeObjectsThereAreFewerInAPage() {
        form.had(WHOLE, 500, 0, 8L << 20, false, "a/x");
        assertThat(form.next("t", 0).limit()).isEqualTo(1000);
        form.had(WHOLE, 500, 0, 400L << 20, false, "a/x");
        assertThat(form.next("t", 0).limit()).as("never fewer than usual").isEqualTo(500);
    }

    @Test
    void whatTheRunBeforeKnewTellsHowManyComeNext() {
        List<Entry> entries = new ArrayList<>();
        // Each is listed behind the one before; from 1000 on they are large, and from 2000 on small again.
        for (int i = 0; i < 6000; i++) {
            entries.add(entry("n", String.format("o%04d", i), i / 1000 == 1 ? 20_000 : 1000));
        }
        PageForm known = new PageForm(500, () -> KnownSizes.of(entries), () -> true);
        known.had(WHOLE, 500, 0, 500_000, false, "n/o0499");
        assertThat(known.next("t", 0).limit())
                .as("500 small and 813 large ones")
                .isEqualTo(1313);
        assertThat(known.next("t", 1313).limit())
                .as("187 large and all small ones that may be")
                .isEqualTo(2000);
        known.had(BRIEF, 1313, 0, 500_000, false, "n/o5200x");
        assertThat(known.next("t", 0).limit())
                .as("nobody knows what comes then")
                .isEqualTo(2000);
    }

    @Test
    void evenTheLargestComeInUsualNumbers() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            entries.add(entry("n", String.format("o%04d", i), 500_000));
        }
        PageForm known = new PageForm(500, () -> KnownSizes.of(entries), () -> true);
        known.had(WHOLE, 500, 0, 500_000, false, "n/o0499");
        assertThat(known.next("t", 0).limit()).isEqualTo(500);
    }

    @Test
    void itGoesOnUntilMoreHadToBeReadThanAtFirst() {
        form.had(WHOLE, 500, 0, 500_000, false, "a/x");
        form.had(BRIEF, 2000, 400, 5_000_000, false, "a/y");
        assertThat(form.isBrief()).isTrue();
        form.had(BRIEF, 2000, 401, 5_000_000, false, "a/z");
        assertThat(form.isBrief()).isFalse();
        assertThat(form.next("t", 0).limit()).isEqualTo(500);
    }

    @Test
    void whereNobodyTellsWhatChangedMetadataWillDoForOneInAPage() {
        PageForm untold = new PageForm(500, () -> KnownSizes.of(List.of()), () -> false);
        untold.had(WHOLE, 500, 1, 500_000, false, "a/y");
        assertThat(untold.isBrief()).isTrue();
        untold.had(BRIEF, 2000, 4, 500_000, false, "a/z");
        assertThat(untold.isBrief()).as("one in 500").isTrue();
        untold.had(BRIEF, 2000, 5, 500_000, false, "b/x");
        assertThat(untold.isBrief()).isFalse();
        untold.had(WHOLE, 500, 0, 500_000, false, "b/y");
        assertThat(untold.isBrief())
                .as("else all up to there would be listed again")
                .isFalse();
    }

    @Test
    void whoeverTellsIsAskedOnlyWhereItCounts() {
        AtomicInteger asked = new AtomicInteger();
        PageForm told = new PageForm(500, () -> KnownSizes.of(List.of()), () -> asked.incrementAndGet() > 0);
        told.had(WHOLE, 500, 1, 500_000, false, "a/x");
        told.had(WHOLE, 500, 100, 500_000, false, "a/y");
        assertThat(asked).hasValue(0);
        told.had(WHOLE, 500, 2, 500_000, false, "a/z");
        assertThat(asked).hasValue(1);
        assertThat(told.isBrief()).isTrue();
    }

    @Test
    void aServerThatSendsWholeObjectsIsNotAskedForLess() {
        form.had(WHOLE, 500, 0, 500_000, false, "a/x");
        form.had(BRIEF, 2000, 1, 5_000_000, true, "a/y");
        assertThat(form.isBrief()).isFalse();
        form.had(WHOLE, 500, 0, 500_000, false, "a/z");
        assertThat(form.isBrief()).isFalse();
    }

    @Test
    void anEmptyPageTeachesNothing() {
        form.had(WHOLE, 0, 0, 100, false, "");
        assertThat(form.isBrief()).isFalse();
        assertThat(form.next("t", 0).limit()).isEqualTo(500);
    }

    private static Entry entry(String namespace, String name, long bytes) {
        return new Entry(namespace + "/" + name, "configmaps", namespace, name, "", "", "", bytes, "", 0, 0);
    }
}
