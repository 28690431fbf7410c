/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A list of numbers that a server gives page by page. */
@Timeout(60)
class ListingTest {
    private static final int PAGE = 4;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Long> got = new ArrayList<>();
    private long count = 20;
    /** The most objects the server gives in a page, whatever is asked. */
    private long cap = Long.MAX_VALUE;

    @Test
    void theNextPageIsOnItsWayWhileOneIsReadAndNoMoreThanThat() {
        AtomicInteger read = new AtomicInteger();
        CountDownLatch third = new CountDownLatch(3);
        list(
                (index, most) -> {
                    assertThat(asked.size() - read.get())
                            .as("answers nobody read")
                            .isLessThan(2);
                    Answer answer = answer(index, most);
                    third.countDown();
                    return answer;
                },
                () -> {
                    if (read.incrementAndGet() == 2) {
                        await(third);
                    }
                },
                Long.MAX_VALUE);
        assertThat(got).containsExactlyElementsOf(numbers());
        assertThat(asked).containsExactly("0+4", "3+4", "6+4", "9+4", "12+4", "15+4", "18+4");
    }

    @Test
    void aServerThatGivesLessThanAskedIsFollowedAndGuessedNoMore() {
        cap = 3;
        list(this::answer, () -> {}, Long.MAX_VALUE);
        assertThat(got).containsExactlyElementsOf(numbers());
        asked.remove("5+4"); // the one guess, which may have been dropped before it was asked
        assertThat(asked).containsExactly("0+4", "2+4", "4+4", "6+4", "8+4", "10+4", "12+4", "14+4", "16+4", "18+4");
    }

    @Test
    void noMoreIsAskedForThanWanted() {
        list(this::answer, () -> {}, 9);
        assertThat(got).containsExactlyElementsOf(numbers().subList(0, 9));
        assertThat(asked).containsExactly("0+4", "3+4", "6+3");
    }

    @Test
    void aListThatDoesNotComeToRestIsReadAsOnePageOfWhatIsWanted() {
        list(
                (index, most) -> {
                    Answer answer = answer(index, most);
                    return index == 0 ? answer : written(LongStream.of(100 + asked.size()), count);
                },
                () -> {},
                7);
        assertThat(got).containsExactlyElementsOf(numbers().subList(0, 7));
        assertThat(asked).last().isEqualTo("0+7");
    }

    @Test
    void whatGoesWrongAheadIsToldAsWhatItIs() {
        assertThatThrownBy(() -> list(
                        (index, most) -> {
                            if (index == 6) {
                                throw new PxBackupException(Reason.THROTTLED, "too many requests", null);
                            }
                            return answer(index, most);
                        },
                        () -> {},
                        Long.MAX_VALUE))
                .isInstanceOfSatisfying(
                        PxBackupException.class, e -> assertThat(e.reason()).isEqualTo(Reason.THROTTLED))
                .hasMessage("too many requests");
        assertThat(got).as("what came before").hasSize(7);
        assertThatThrownBy(() -> list(
                        (index, most) -> {
                            if (index == 6) {
                                throw new IllegalArgumentException("broken");
                            }
                            return answer(index, most);
                        },
                        () -> {},
                        Long.MAX_VALUE))
                .hasRootCauseMessage("broken");
    }

    @Test
    void aReaderThatIsInterruptedWaitsNoLonger() {
        CountDownLatch never = new CountDownLatch(1);
        Thread reader = Thread.currentThread();
        assertThatThrownBy(() -> list(
                        (index, most) -> {
                            if (index == 6) {
                                reader.interrupt();
                                await(never);
                            }
                            return answer(index, most);
                        },
                        () -> {},
                        Long.MAX_VALUE))
                .isInstanceOfSatisfying(
                        PxBackupException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INTERRUPTED));
        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
    }

    private void list(java.util.function.BiFunction<Long, Long, Answer> ask, Runnable reading, long most) {
        Listing.Source<Numbers, Long> source =
                new Listing.Source<>(ask, Numbers.class, "The list of numbers", numbers -> {
                    reading.run();
                    return new Listing.Page<>(numbers.numbers, numbers.total, false);
                });
        new Listing<Long>(source, String::valueOf, most, got::add).read(0, PAGE);
    }

    private Answer answer(long index, long most) {
        asked.add(index + "+" + most);
        return written(LongStream.range(index, Math.min(count, index + Math.min(most, cap))), count);
    }

    private List<Long> numbers() {
        return LongStream.range(0, count).boxed().toList();
    }

    private static Answer written(LongStream numbers, long total) {
        String json = "{\"numbers\":" + numbers.boxed().toList() + ",\"total\":" + total + "}";
        return new Answer(200, json.getBytes(StandardCharsets.UTF_8), null);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("nothing came");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    record Numbers(
            @JsonProperty("numbers") List<Long> numbers,
            @JsonProperty("total") Long total) {}
}
