/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/** Counts the SQL statements that a piece of code runs. */
final class StatementCounter implements SqlLogger {
    private final AtomicInteger statements = new AtomicInteger();

    static StatementCounter of(Database database) {
        StatementCounter counter = new StatementCounter();
        database.jdbi().setSqlLogger(counter);
        return counter;
    }

    @Override
    public void logAfterExecution(StatementContext context) {
        statements.incrementAndGet();
    }

    int during(Runnable work) {
        statements.set(0);
        work.run();
        return statements.get();
    }
}
