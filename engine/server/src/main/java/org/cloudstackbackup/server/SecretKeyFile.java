/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.framework.secret.SecretBox;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.store.Database;
import org.cloudstackbackup.store.JdbcSecretKeys;
import org.jspecify.annotations.Nullable;

/** The file with the keys that seal the database's secrets. All servers on one database need the same keys. */
final class SecretKeyFile {
    static final String NAME = "secret.key";

    private static final Logger LOG = LogManager.getLogger(SecretKeyFile.class);
    private static final String EXPLANATION = """
            # Seals the secrets in the database: without this file they are lost. Keep a copy elsewhere than the database's.
            # The first key seals, all keys open; to change the key, see docs/guide/security.rst.
            """;

    private final Path file;
    private final boolean given;
    private final DataFolder data;

    /** @param given null for the file in the data folder, which is made at the first start */
    SecretKeyFile(@Nullable Path given, DataFolder data) {
        this.file = given == null ? data.path().resolve(NAME) : given;
        this.given = given != null;
        this.data = data;
    }

    /**
     * Reads the keys and brings every secret under the first of them.
     *
     * @throws StartFailure when the file is missing, unreadable, readable by everybody or no key file, and when its keys are not
     *     those of the database
     */
    SecretBox unlock(Database database, Clock clock, Predicate<String> secretSetting) {
        JdbcSecretKeys keys = new JdbcSecretKeys(database, clock);
        if (!given && !Files.exists(file)) {
            make(keys);
        }
        SecretBox box = read();
        try {
            int sealed = keys.adopt(box, secretSetting);
            if (sealed > 0) {
                LOG.info("Sealed {} secrets of the database with key {}", sealed, box.currentKeyId());
            }
            return box;
        } catch (ProviderException e) {
            throw new StartFailure("Secret key file " + file + " does not fit the database: " + e.text(), e);
        }
    }

    private void make(JdbcSecretKeys keys) {
        keys.keyInForce().ifPresent(id -> {
            throw new StartFailure("The database's secrets are sealed with key " + id + ", but there is no " + file
                    + "; copy it from the server that has it, or name it with --secret-key-file");
        });
        data.writeSecret(NAME, EXPLANATION + SecretBox.newKey() + "\n");
    }

    private SecretBox read() {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (permissions.contains(PosixFilePermission.OTHERS_READ)
                    || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
                throw new StartFailure("Secret key file " + file + " is open to everybody ("
                        + PosixFilePermissions.toString(permissions)
                        + "); let only the server's user read it: chmod 600");
            }
            return SecretBox.parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new StartFailure("Secret key file " + file + " does not exist", e);
        } catch (IOException e) {
            throw new StartFailure("Cannot read secret key file " + file + ": " + e, e);
        } catch (IllegalArgumentException e) {
            throw new StartFailure("Secret key file " + file + " is not one: " + e.getMessage(), e);
        }
    }
}
