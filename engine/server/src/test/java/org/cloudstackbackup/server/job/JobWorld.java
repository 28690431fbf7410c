/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.Role;
import org.cloudstackbackup.framework.identity.RoleType;
import org.cloudstackbackup.framework.identity.User;
import org.cloudstackbackup.server.api.ApiFailure;
import org.cloudstackbackup.server.api.CommandExecutor;
import org.cloudstackbackup.server.api.JobQueue;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.store.Database;
import org.cloudstackbackup.store.JdbcJobStore;
import org.cloudstackbackup.testkit.SettableClock;
import org.jspecify.annotations.Nullable;

/** A database with one user, and commands that do what a test tells them. */
final class JobWorld implements AutoCloseable {
    static final long USER = 2;
    static final Node NODE = new Node("node-a");

    final SettableClock clock = new SettableClock();
    final Database database;
    final JdbcJobStore store;
    final ScriptedCommands commands = new ScriptedCommands();
    final Jobs jobs;
    boolean userRemoved;

    JobWorld() {
        database = Database.open(Database.memoryUrl("jobs-" + UUID.randomUUID()) + ";DB_CLOSE_DELAY=30", 8);
        Instant now = clock.instant();
        database.jdbi().useHandle(handle -> {
            handle.execute("INSERT INTO roles (id, uuid, name, role_type) VALUES (1, 'role', 'Root Admin', 'ADMIN')");
            handle.execute(
                    "INSERT INTO domain (id, uuid, name, owner, path, created) VALUES (1, 'domain', 'ROOT', 1, '/', ?)",
                    now);
            handle.execute(
                    "INSERT INTO account (id, uuid, account_name, type, role_id, domain_id, created)"
                            + " VALUES (2, 'account', 'admin', 1, 1, 1, ?)",
                    now);
            handle.execute(
                    "INSERT INTO user (id, uuid, username, password, account_id, created) VALUES (2, 'user', 'admin', '-', 2, ?)",
                    now);
        });
        store = new JdbcJobStore(database, clock);
        jobs = new Jobs(
                store, user -> userRemoved ? Optional.empty() : Optional.of(caller(now)), () -> commands, NODE, clock);
    }

    JobQueue.CommandCall call(@Nullable String wantedUuid) {
        return new JobQueue.CommandCall(
                "importBackupOffering",
                "ImportBackupOfferingCommand",
                Map.of("name", "gold"),
                USER,
                2,
                wantedUuid,
                null,
                null,
                null,
                "BACKUP.IMPORT.OFFERING",
                "Importing gold");
    }

    @Override
    public void close() {
        database.close();
    }

    private static Caller caller(Instant now) {
        return new Caller(
                new User(USER, "user", "admin", 2, null, null, null, "enabled", null, null, now, null),
                new Account(2, "account", "admin", 1, 1, 1, "enabled", now, null),
                new Domain(1, "domain", "ROOT", null, "/", 0, "Active", now, null),
                new Role(1, "role", "Root Admin", RoleType.ADMIN, false, true, null));
    }

    /** What a command does when it is executed. */
    interface Script {
        @Nullable
        Object run(Map<String, String> params, JobContext job) throws Exception;
    }

    /** Stands for the dispatcher. */
    static final class ScriptedCommands implements CommandExecutor {
        final List<String> executed = new ArrayList<>();
        Script script = (params, job) -> null;

        @Override
        public synchronized @Nullable Object execute(
                String commandName,
                Map<String, String> params,
                Caller caller,
                JobContext job,
                @Nullable Long entityId,
                @Nullable String entityUuid)
                throws Exception {
            executed.add(job.uuid());
            return script.run(params, job);
        }

        @Override
        public @Nullable Object resultOf(
                String commandName,
                Map<String, String> params,
                Caller caller,
                JobContext job,
                @Nullable Long entityId,
                @Nullable String entityUuid,
                String uuid) {
            if (uuid.equals("undrawable")) {
                throw new IllegalStateException("no such object");
            }
            return Map.of("made", uuid);
        }

        @Override
        public String renderResult(Object response) {
            return response instanceof Map<?, ?> map ? "{\"made\":\"" + map.get("made") + "\"}" : "{\"success\":true}";
        }

        @Override
        public ApiFailure describe(Throwable failure, String what) {
            return new ApiFailure(
                    failure instanceof ProviderException ? 534 : 530, null, String.valueOf(failure.getMessage()));
        }
    }
}
