/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.apache.logging.log4j.LogManager;
import org.jspecify.annotations.Nullable;

/**
 * Connections to H2 of which one at a time writes, from its first writing statement to the end of its transaction. Readers are
 * never held back.
 *
 * <p>When H2 writes to its file it takes each table as it is at that moment, not all at one moment. Killed then, with several
 * writers, it may leave a row that waits for a transaction that exists no more: whoever changes that row later waits for ever.
 * With one writer there is nothing that could change in between. A commit returns when the operating system has its data, so
 * that a killed process loses nothing that was committed.
 */
final class SingleWriterDataSource implements DataSource {
    private static final org.apache.logging.log4j.Logger LOG = LogManager.getLogger(SingleWriterDataSource.class);
    private static final Set<String> TRANSACTION_ENDS = Set.of("commit", "rollback", "close", "abort");

    private final String url;
    private final Duration patience;
    private final Semaphore writer = new Semaphore(1, true);
    /** Opening a file does not wait; but the pool waits this long for its own threads when it is closed. */
    private volatile int loginSeconds;

    /** @param patience how long a writer waits for another; then its statement fails, as it does when a row stays locked */
    SingleWriterDataSource(String url, Duration patience) {
        this.url = requireNonNull(url, "url is null");
        this.patience = requireNonNull(patience, "patience is null");
    }

    @Override
    public Connection getConnection() throws SQLException {
        return proxy(Connection.class, new OneConnection(DriverManager.getConnection(url))::call);
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }

    /** Whether the statement changes or locks rows. */
    static boolean writes(String sql) {
        String text = sql.strip().toUpperCase(Locale.ROOT);
        boolean reads = text.startsWith("SELECT") || text.startsWith("(SELECT") || text.startsWith("WITH");
        return !reads || text.contains("FOR UPDATE");
    }

    private static <T> T proxy(Class<T> type, Invocation invocation) {
        return type.cast(Proxy.newProxyInstance(
                SingleWriterDataSource.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> switch (method.getName()) {
                    case "equals" -> arguments != null && self == arguments[0];
                    case "hashCode" -> System.identityHashCode(self);
                    default -> invocation.call(method, arguments);
                }));
    }

    private static @Nullable Object invoke(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw requireNonNull(e.getCause());
        }
    }

    private interface Invocation {
        @Nullable
        Object call(Method method, @Nullable Object @Nullable [] arguments) throws Throwable;
    }

    /** Used by one thread at a time, as connections are. */
    private final class OneConnection {
        private final Connection connection;
        private boolean writing;

        OneConnection(Connection connection) {
            this.connection = connection;
        }

        @Nullable
        Object call(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
            String name = method.getName();
            boolean savepoint = arguments != null && arguments.length > 0 && name.equals("rollback");
            try {
                Object result = invoke(connection, method, arguments);
                if (result instanceof PreparedStatement prepared && arguments != null && arguments.length > 0) {
                    return statement(PreparedStatement.class, prepared, String.valueOf(arguments[0]));
                }
                return result instanceof Statement plain ? statement(Statement.class, plain, null) : result;
            } finally {
                if (TRANSACTION_ENDS.contains(name) && !savepoint || name.equals("setAutoCommit") && commitsAlways()) {
                    release();
                }
            }
        }

        private <T extends Statement> T statement(Class<T> type, T target, @Nullable String sql) {
            return proxy(type, (method, arguments) -> {
                if (!method.getName().startsWith("execute")) {
                    return invoke(target, method, arguments);
                }
                @Nullable String text = arguments != null && arguments.length > 0 ? (String) arguments[0] : sql;
                if (text != null && !writes(text)) {
                    return invoke(target, method, arguments);
                }
                acquire();
                try {
                    return invoke(target, method, arguments);
                } finally {
                    if (commitsAlways()) {
                        release();
                    }
                }
            });
        }

        /** A connection that cannot tell is broken, and what it wrote is rolled back. */
        private boolean commitsAlways() {
            try {
                return connection.isClosed() || connection.getAutoCommit();
            } catch (SQLException e) {
                LOG.debug("A connection of the embedded database is broken", e);
                return true;
            }
        }

        private void acquire() throws SQLException {
            if (writing) {
                return;
            }
            try {
                if (!writer.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new SQLTimeoutException(
                            "Another transaction has been writing for " + patience.toSeconds() + " s", "HYT00", 50200);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SQLTimeoutException("Interrupted while another transaction was writing", "HYT00", 50200, e);
            }
            writing = true;
        }

        private void release() {
            if (writing) {
                writing = false;
                writer.release();
            }
        }
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {
        loginSeconds = seconds;
    }

    @Override
    public int getLoginTimeout() {
        return loginSeconds;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger(SingleWriterDataSource.class.getName());
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("There is no " + type.getName() + " in here");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
