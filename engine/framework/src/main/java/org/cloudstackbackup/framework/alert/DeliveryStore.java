/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.alert;

import java.time.Instant;
import java.util.List;
import org.cloudstackbackup.framework.alert.Delivery.News;

/** Where messages wait until they are delivered. Every write joins an open transaction. */
public interface DeliveryStore {
    /** Adds a message with the alert's present text, to be sent at once. */
    void add(Alert alert, News news, String channel, String target, Instant now);

    /** Those to whom messages are to be sent now. */
    List<Receiver> receivers(Instant now);

    /**
     * Messages to be sent to one receiver now, those that wait longest first. A message is not among them while an earlier one about the same
     * alert to the same receiver is open, so that nobody hears of the end before the beginning.
     */
    List<Delivery> due(Receiver receiver, Instant now, int limit);

    /** It was sent, or needs not be sent any more. False when another node has written since it was read. */
    boolean done(Delivery delivery, Instant now);

    /** An attempt failed; another follows. False when another node has written since it was read. */
    boolean putOff(Delivery delivery, String failure, Instant next);

    /** The last attempt failed. False when another node has written since it was read. */
    boolean giveUp(Delivery delivery, String failure, Instant now);

    /** Forgets messages that ended before the instant. Returns how many there were. */
    int deleteEndedBefore(Instant before);

    /** One who is told by a channel; see {@link Channel#targets}. */
    record Receiver(String channel, String target) {}
}
