/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

/**
 * How many uploads go on at once: twice as many only while that clearly stores more in the same time. A store that is far away gets as many as
 * are allowed; one that has enough to do with a few gets only those, and processors are left to others.
 *
 * <p>It tries another number now and then, and seldom what did not help before. For one thread at a time.
 */
final class UploadPace {
    private static final int LEAST = 8;
    /** A program that just started has its own code to compile: one upload at first, and one more after each such time. */
    private static final long STEP_NANOS = 200_000_000;

    private static final long WINDOW_NANOS = 100_000_000;
    /** Each place is used so often before it is judged. */
    private static final int ROUNDS = 4;

    /** Of what more places could store, so much has to come of them. */
    private static final double CLEARLY = 0.4;
    /** Half as many may store so much less. */
    private static final double ABOUT = 1.2;

    private static final int MOST_PATIENCE = 32;

    private enum Step {
        STAY,
        UP,
        /** Where it was before going up: a program that just started gets quicker by itself. */
        AGAIN,
        DOWN
    }

    private final int least;
    private final int most;
    private int level;
    private Step step = Step.STAY;
    private boolean upNext = true;
    private int wait;
    private int upPatience = 1;
    private int downPatience = 1;
    private double before;
    private double above;

    /** When the first upload ended; 0 before. */
    private long started;

    private long began;
    private long count;
    private double work;

    UploadPace(int most, long now) {
        this.most = most;
        this.least = Math.min(LEAST, most);
        this.level = 1;
        this.began = now;
    }

    /** How many uploads may go on now. */
    int allowed() {
        return switch (step) {
            case STAY, AGAIN -> level;
            case UP -> higher();
            case DOWN -> Math.max(least, level / 2);
        };
    }

    private int higher() {
        return Math.min(most, level * 2);
    }

    /**
     * An upload ended.
     *
     * @param amount what it was worth
     * @param busy whether another one was waiting for its place, and all there are may be used; without that, more places could not store more
     */
    void ended(double amount, boolean busy, long now) {
        count++;
        work += amount;
        if (level < least) {
            warmUp(now);
        } else if (!busy) {
            begin(now);
        } else if (now - began >= WINDOW_NANOS && count >= (long) ROUNDS * allowed()) {
            judge(work / (now - began));
            begin(now);
        }
    }

    private void warmUp(long now) {
        if (started == 0) {
            started = now;
        }
        level = (int) Math.min(least, 1 + (now - started) / STEP_NANOS);
        begin(now);
    }

    /** Fewer may have gone on than are allowed until now, which tells nothing. */
    void paused(long now) {
        begin(now);
    }

    private void begin(long now) {
        began = now;
        count = 0;
        work = 0;
    }

    private void judge(double rate) {
        switch (step) {
            case STAY -> {
                before = rate;
                if (--wait <= 0) {
                    step = next();
                }
            }
            case UP -> {
                above = rate;
                step = Step.AGAIN;
            }
            case AGAIN -> {
                double more = (double) higher() / level - 1;
                boolean better = above >= Math.max(before, rate) * (1 + more * CLEARLY);
                if (better) {
                    level = higher();
                    upPatience = 1;
                    wait = 0;
                } else {
                    wait = upPatience;
                    upPatience = Math.min(MOST_PATIENCE, upPatience * 2);
                }
                upNext = better;
                step = Step.STAY;
            }
            case DOWN -> {
                boolean asGood = rate * ABOUT >= before;
                if (asGood) {
                    level = allowed();
                    downPatience = 1;
                    wait = 0;
                } else {
                    wait = downPatience;
                    downPatience = Math.min(MOST_PATIENCE, downPatience * 2);
                }
                upNext = !asGood;
                step = Step.STAY;
            }
        }
    }

    private Step next() {
        boolean up = level < most && (upNext || level == least);
        boolean down = level > least;
        return up ? Step.UP : down ? Step.DOWN : Step.STAY;
    }
}
