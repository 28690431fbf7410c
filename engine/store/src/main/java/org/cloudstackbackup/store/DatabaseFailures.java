/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells the failures that the database itself has from those of what was asked of it. */
public final class DatabaseFailures {
    private static final String CONNECTION_CLASS = "08";
    private static final int MOST_CAUSES = 20;
    private static final int SERVER_SHUTDOWN = 1053;
    private static final int CONNECTION_KILLED = 1927;
    /** MariaDB's wait for a lock and deadlock; H2's wait for a lock, deadlock and concurrent update. */
    private static final Set<Integer> LOST_RACES = Set.of(1205, 1213, 50200, 40001, 90131);

    private DatabaseFailures() {}

    /** Whether the database could not be reached, or went away in between. Whether a commit was done is unknown then. */
    public static boolean isOutage(Throwable failure) {
        return anyCause(failure, DatabaseFailures::meansOutage);
    }

    /** Whether the same work may succeed when done again: after an outage, a deadlock or a lost race for a lock. */
    public static boolean isRepeatable(Throwable failure) {
        return anyCause(failure, cause -> meansOutage(cause) || meansLostRace(cause));
    }

    private static boolean meansOutage(SQLException cause) {
        String state = cause.getSQLState();
        return cause instanceof SQLTransientConnectionException
                || cause instanceof SQLNonTransientConnectionException
                || cause instanceof SQLRecoverableException
                || cause.getErrorCode() == SERVER_SHUTDOWN
                || cause.getErrorCode() == CONNECTION_KILLED
                || (state != null && state.startsWith(CONNECTION_CLASS));
    }

    private static boolean meansLostRace(SQLException cause) {
        return cause instanceof SQLTransactionRollbackException || LOST_RACES.contains(cause.getErrorCode());
    }

    private static boolean anyCause(Throwable failure, java.util.function.Predicate<SQLException> wanted) {
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            if (cause instanceof SQLException sql && wanted.test(sql)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
