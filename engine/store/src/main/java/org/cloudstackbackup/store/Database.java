/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.cloudstackbackup.framework.transaction.Transactions;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jspecify.annotations.Nullable;

/**
 * An open, migrated database: connection pool and SQL access. Safe for use by many threads.
 *
 * <p>Instants are stored as UTC date-times with milliseconds. Stores that share one {@code Database} join the transaction
 * that is open on the calling thread.
 */
public final class Database implements Transactions, AutoCloseable {
    /** Where the migrations lie on the class path. */
    static final String MIGRATIONS = "classpath:org/cloudstackbackup/store/migration";

    private static final String H2_OPTIONS =
            ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;NON_KEYWORDS=USER,VALUE,KEY"
                    // A large batch on a busy machine holds rows for longer than the 2 seconds that H2 waits otherwise.
                    + ";LOCK_TIMEOUT=30000";

    /** How long a caller waits for a connection: an outage is told within this time, and a busy pool must not look like one. */
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

    private static final Duration HURRIED = Duration.ofSeconds(1);

    /** How long a writer of the embedded database waits for another. */
    private static final Duration WRITE_WITHIN = Duration.ofSeconds(30);

    /** Longer than any statement of ours takes, except migrations, which have a connection of their own. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

    private final HikariDataSource dataSource;
    private final Jdbi jdbi;
    /** No other process can open the file, and a second writer on the thread would wait for the first. */
    private final boolean ofOneProcess;
    /** Of the transaction that is open on the thread: what is left for its end. */
    private final ThreadLocal<@Nullable Map<Class<?>, Runnable>> open = new ThreadLocal<>();

    private Database(HikariDataSource dataSource, boolean ofOneProcess) {
        this.dataSource = dataSource;
        this.ofOneProcess = ofOneProcess;
        this.jdbi = Jdbi.create(dataSource);
        jdbi.registerArgument(new InstantArgumentFactory());
        jdbi.registerColumnMapper(Instant.class, (row, column, context) -> {
            LocalDateTime value = row.getObject(column, LocalDateTime.class);
            return value == null ? null : value.toInstant(ZoneOffset.UTC);
        });
    }

    /**
     * The URL of the embedded database in a file below the folder. A commit returns when its data is handed to the operating
     * system, not half a second later as is H2's default, so that a killed process loses nothing that was committed.
     */
    public static String embeddedUrl(Path folder) {
        return "jdbc:h2:file:" + folder.toAbsolutePath().resolve("cloudstackbackup") + H2_OPTIONS
                + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0";
    }

    /** The URL of an embedded database that vanishes when the last connection is closed; for tests. */
    public static String memoryUrl(String name) {
        return "jdbc:h2:mem:" + name + H2_OPTIONS;
    }

    /**
     * Connects and brings the schema up to date.
     *
     * @param url {@code jdbc:h2:}, {@code jdbc:mariadb:} or {@code jdbc:mysql:}; user and password are part of it, where needed
     * @throws IllegalArgumentException when the URL is of another kind
     * @throws RuntimeException when the database cannot be reached or migrated; the message tells why
     */
    public static Database open(String url, int maximumPoolSize) {
        HikariConfig config = new HikariConfig();
        String address = supported(url);
        boolean file = address.startsWith("jdbc:h2:file:");
        if (file) {
            config.setDataSource(new SingleWriterDataSource(address, WRITE_WITHIN));
        } else {
            config.setJdbcUrl(address);
        }
        config.setPoolName("database");
        config.setMaximumPoolSize(maximumPoolSize);
        config.setMinimumIdle(Math.min(2, maximumPoolSize));
        config.setConnectionTimeout(CONNECT_WITHIN.toMillis());
        config.setValidationTimeout(CONNECT_WITHIN.dividedBy(2).toMillis());
        if (address.startsWith("jdbc:mariadb:")) {
            // A database host that vanished without a word must not hold a thread for ever.
            addUnlessGiven(config, "connectTimeout", CONNECT_WITHIN);
            addUnlessGiven(config, "socketTimeout", ANSWER_WITHIN);
        }
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        HikariDataSource dataSource = new HikariDataSource(config);
        try {
            Flyway.configure()
                    .dataSource(address, null, null)
                    .locations(MIGRATIONS)
                    .table("schema_history")
                    .load()
                    .migrate();
            return new Database(dataSource, file);
        } catch (RuntimeException e) {
            dataSource.close();
            throw e;
        }
    }

    /** SQL access for the stores. */
    public Jdbi jdbi() {
        return jdbi;
    }

    /** For libraries that bring their own SQL. */
    public DataSource dataSource() {
        return dataSource;
    }

    @Override
    public <T extends @Nullable Object> T inTransaction(Supplier<T> body) {
        requireNonNull(body, "body is null");
        return jdbi.inTransaction(handle -> {
            if (open.get() != null) {
                return body.get();
            }
            Map<Class<?>, Runnable> last = new LinkedHashMap<>();
            open.set(last);
            try {
                T result = body.get();
                last.values().forEach(Runnable::run);
                return result;
            } finally {
                open.remove();
            }
        });
    }

    /**
     * Runs the body while no other server on this database is in here; for what the first of several servers makes at its start.
     * The body is in no transaction.
     */
    public <T extends @Nullable Object> T alone(Supplier<T> body) {
        if (ofOneProcess) {
            return body.get();
        }
        try (Handle lock = jdbi.open()) {
            lock.begin();
            lock.select("SELECT version FROM table_version WHERE name = 'start' FOR UPDATE")
                    .mapTo(Long.class)
                    .one();
            T result = body.get();
            lock.commit();
            return result;
        }
    }

    /** From now on callers wait a second at most for a connection: a stop must not wait for a database that is away. */
    public void hurry() {
        dataSource.getHikariConfigMXBean().setConnectionTimeout(HURRIED.toMillis());
    }

    @Override
    public boolean isOpen() {
        return open.get() != null;
    }

    /**
     * The work of this kind that is left for the end of the open transaction, made when there is none yet. It runs once, on this
     * thread, right before the commit, and not at all when the transaction is rolled back; its failure rolls everything back.
     */
    <W extends Runnable> W atEnd(Class<W> kind, Supplier<W> first) {
        Map<Class<?>, Runnable> last = open.get();
        if (last == null) {
            throw new IllegalStateException(kind.getSimpleName() + " was called outside of a transaction");
        }
        return kind.cast(last.computeIfAbsent(kind, absent -> first.get()));
    }

    /** The work of this kind that is left for the end of the open transaction, if there is any. */
    <W extends Runnable> Optional<W> atEnd(Class<W> kind) {
        return Optional.ofNullable(open.get()).map(last -> kind.cast(last.get(kind)));
    }

    @Override
    public boolean isRepeatable(Throwable failure) {
        return DatabaseFailures.isRepeatable(failure);
    }

    /** @throws RuntimeException when the database does not answer within the time */
    public void ping(Duration patience) {
        jdbi.useHandle(handle -> handle.createQuery("SELECT 1")
                .setQueryTimeout((int) Math.max(1, patience.toSeconds()))
                .mapTo(Integer.class)
                .one());
    }

    @Override
    public void close() {
        dataSource.close();
    }

    private static void addUnlessGiven(HikariConfig config, String option, Duration value) {
        if (!config.getJdbcUrl().contains(option + "=")) {
            config.addDataSourceProperty(option, String.valueOf(value.toMillis()));
        }
    }

    private static String supported(String url) {
        String kind = url.toLowerCase(Locale.ROOT);
        if (kind.startsWith("jdbc:mysql:")) {
            return "jdbc:mariadb:" + url.substring("jdbc:mysql:".length());
        }
        if (kind.startsWith("jdbc:h2:") || kind.startsWith("jdbc:mariadb:")) {
            return url;
        }
        throw new IllegalArgumentException("Database URL '" + url.replaceAll("[?;].*", "")
                + "' is not supported; allowed are jdbc:h2:, jdbc:mariadb: and jdbc:mysql:");
    }

    /** The instant as the database keeps it, so that a value written and read back is equal. */
    public static Instant stored(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }

    private static final class InstantArgumentFactory extends AbstractArgumentFactory<Instant> {
        InstantArgumentFactory() {
            super(Types.TIMESTAMP);
        }

        @Override
        protected Argument build(Instant value, ConfigRegistry config) {
            return (position, statement, context) ->
                    statement.setObject(position, LocalDateTime.ofInstant(stored(value), ZoneOffset.UTC));
        }
    }
}
