/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.alert;

import java.util.List;

/** A way out of the installation. Implementations read their settings at every call and are safe for use by many threads. */
public interface Channel {
    /** Short, never changes; kept with each message. */
    String name();

    /** Who gets messages at present; empty when the channel is not configured. */
    List<String> targets();

    /**
     * Sends one message and returns when the receiver has taken it. Never within a transaction.
     *
     * @throws org.cloudstackbackup.spi.ProviderException {@code UNAVAILABLE} when a later attempt may succeed; of another kind
     *     when it cannot; the message never holds a secret
     */
    void send(Delivery delivery);
}
