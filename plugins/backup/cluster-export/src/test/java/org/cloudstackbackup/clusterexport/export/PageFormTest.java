/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When pages have metadata only, and how many objects then. */
class PageFormTest {
    private final PageForm form = new PageForm(500);

    @Test
    void theFirstPageHasWholeObjects() {
        assertThat(form.isBrief()).isFalse();
        assertThat(form.limit()).isEqualTo(500);
    }

    @Test
    void afterAPageOfWhichNearlyNothingHadToBeReadMetadataWillDo() {
        form.had(500, 50, 500_000, false);
        assertThat(form.isBrief()).isTrue();
        assertThat(form.limit()).isEqualTo(5000);
    }

    @Test
    void afterOneOfWhichMoreHadToBeReadItWillNot() {
        form.had(500, 51, 500_000, false);
        assertThat(form.isBrief()).isFalse();
        assertThat(form.limit()).isEqualTo(500);
    }

    @Test
    void ofLargeObjectsThereAreFewerInAPage() {
        form.had(500, 0, 4L << 20, false);
        assertThat(form.limit()).isEqualTo(1000);
        PageForm larger = new PageForm(500);
        larger.had(500, 0, 400L << 20, false);
        assertThat(larger.limit()).as("never fewer than usual").isEqualTo(500);
    }

    @Test
    void itGoesOnUntilMoreHadToBeReadThanAtFirst() {
        form.had(500, 0, 500_000, false);
        form.had(5000, 1000, 5_000_000, false);
        assertThat(form.isBrief()).isTrue();
        form.had(5000, 1001, 5_000_000, false);
        assertThat(form.isBrief()).isFalse();
        assertThat(form.limit()).isEqualTo(500);
    }

    @Test
    void aServerThatSendsWholeObjectsIsNotAskedForLess() {
        form.had(500, 0, 500_000, false);
        form.had(5000, 1, 5_000_000, true);
        assertThat(form.isBrief()).isFalse();
        form.had(500, 0, 500_000, false);
        assertThat(form.isBrief()).isFalse();
    }

    @Test
    void anEmptyPageTeachesNothing() {
        form.had(0, 0, 100, false);
        assertThat(form.isBrief()).isFalse();
        assertThat(form.limit()).isEqualTo(500);
    }
}
