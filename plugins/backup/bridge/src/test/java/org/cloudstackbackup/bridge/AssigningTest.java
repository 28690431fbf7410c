/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloud.vm.VMInstanceVO;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.junit.jupiter.api.Test;

/** Assignments at a product that hangs, while CloudStack's transaction waits. */
class AssigningTest {
    private final Rig rig = new Rig();
    private final VMInstanceVO web = rig.cloudStack.machine("web-1", Rig.GIB);

    /** The product answers when the test says so. */
    private final CountDownLatch answer = new CountDownLatch(1);

    private final CountDownLatch ended = new CountDownLatch(1);

    @Test
    void anAssignmentThatHangsIsGivenUpAndTakenBackWhenItSucceedsLater() throws InterruptedException {
        assertThatThrownBy(() -> assigning().assign(web, rig.gold))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("The assignment of vm web-1 has not ended within 50 ms")
                .extracting(failure -> ((ProviderException) failure).kind())
                .isEqualTo(ErrorKind.UNAVAILABLE);
        letItEnd();
        assertThat(rig.product.calls).contains("assign", "remove");
    }

    @Test
    void oneThatWasRepeatedMeanwhileStays() throws InterruptedException {
        assertThatThrownBy(() -> assigning().assign(web, rig.gold)).isInstanceOf(ProviderException.class);
        web.setBackupOfferingId(rig.gold.getId());
        letItEnd();
        assertThat(rig.product.calls).contains("assign").doesNotContain("remove");
    }

    @Test
    void oneThatIsRepeatedWhileTheFirstEndsIsWaitedFor() throws InterruptedException {
        var entered = new CountDownLatch(1);
        var looked = new CountDownLatch(1);
        var committed = new CountDownLatch(1);
        var both = new CountDownLatch(2);
        rig.product.during.put("assign", () -> {
            entered.countDown();
            await(answer);
        });
        Assigning assigning = rig.assigning(briefly(Duration.ofSeconds(60), both), duration -> {
            if (duration.equals(Assigning.GRACE)) {
                await(committed);
            } else {
                looked.countDown();
            }
        });
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> assigning.assign(web, rig.gold)).hasMessageContaining("was interrupted");
        assertThat(Thread.interrupted()).isTrue();
        await(entered);

        rig.product.during.put("assign", () -> {
            answer.countDown();
            await(looked);
        });
        assertThat(assigning.assign(web, rig.gold)).contains("job-web-1");
        web.setBackupOfferingId(rig.gold.getId());
        committed.countDown();

        assertThat(both.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(rig.product.count("assign")).isEqualTo(2);
        assertThat(rig.product.calls).doesNotContain("remove");
    }

    @Test
    void oneThatIsCommittedWhileTheFirstIsUndoneIsMadeAgain() throws InterruptedException {
        assertThatThrownBy(() -> assigning().assign(web, rig.gold)).isInstanceOf(ProviderException.class);
        rig.product.during.put("remove", () -> web.setBackupOfferingId(rig.gold.getId()));
        letItEnd();
        assertThat(rig.product.calls.stream()
                        .filter(call -> List.of("assign", "remove").contains(call)))
                .containsExactly("assign", "remove", "assign");
        assertThat(web.getBackupExternalId()).isEqualTo("job-web-1");
    }

    @Test
    void aFailureInTimeIsTold() {
        var briefly = new Briefly(Runnable::run, Duration.ofSeconds(20));
        var failure = new ProviderException(ErrorKind.CONFLICT, "vm", "It is under another policy");
        Consumer<String> nobody = late -> {
            throw new AssertionError("not late");
        };
        assertThatThrownBy(() -> briefly.<String>call(
                        "assignment",
                        () -> {
                            throw failure;
                        },
                        nobody))
                .isSameAs(failure);
        assertThat(briefly.call("assignment", () -> "job", nobody)).isEqualTo("job");
    }

    private Assigning assigning() {
        rig.product.during.put("assign", () -> await(answer));
        return rig.assigning(briefly(Duration.ofMillis(50), ended), rig.clock::advance);
    }

    private static Briefly briefly(Duration limit, CountDownLatch ended) {
        return new Briefly(
                task -> new Thread(() -> {
                            task.run();
                            ended.countDown();
                        })
                        .start(),
                limit);
    }

    private void letItEnd() throws InterruptedException {
        answer.countDown();
        assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
