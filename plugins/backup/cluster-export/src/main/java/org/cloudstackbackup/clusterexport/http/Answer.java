/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.http;

import java.io.IOException;
import java.io.InputStream;

/** An answer of which the head was read. To be closed, or its connection is lost. For one thread. */
public final class Answer implements AutoCloseable {
    private final Connection connection;
    private final Connection.Head head;
    private final Body body;

    Answer(Connections connections, Connection connection, Connection.Head head) throws IOException {
        this.connection = connection;
        this.head = head;
        this.body = new Body(connections, connection, head);
    }

    public int status() {
        return head.status();
    }

    public boolean isSuccess() {
        return head.status() / 100 == 2;
    }

    /** The value of a header, whose name is given in small letters; empty when there is none. */
    public String header(String name) {
        return head.header(name);
    }

    /** What follows the head, under the deadline of the request. Closing it closes the answer. */
    public InputStream body() {
        return body;
    }

    /**
     * What follows the head, however long it is: each read has the time that a request has, and what its reader does between
     * reads does not count. Closing it closes the answer.
     */
    public InputStream longBody() {
        connection.limitEachRead();
        return body;
    }

    @Override
    public void close() {
        body.close();
    }
}
