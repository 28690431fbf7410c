/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import java.util.Locale;
import java.util.Optional;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.ProviderException;

/**
 * What an operation's id says: everything that is needed to find its objects at the product again.
 *
 * @param id of the object that is made or worked on; for a restore, the backup that is restored
 * @param token of a restore, by which its copy and its record are found; else empty
 * @param vmUuid of a restore; else empty
 */
record Handle(Kind kind, ObjectId id, String token, String vmUuid) {
    enum Kind {
        BACKUP,
        DELETE,
        VOLUME,
        RESTORE
    }

    static Handle of(Kind kind, ObjectId id) {
        return new Handle(kind, id, "", "");
    }

    OperationRef ref() {
        String word = kind.name().toLowerCase(Locale.ROOT);
        return new OperationRef(kind == Kind.RESTORE ? word + ":" + token + ":" + vmUuid + ":" + id : word + ":" + id);
    }

    /** @throws ProviderException {@code NOT_FOUND} when no driver of this make has written it */
    static Handle of(OperationRef operation) {
        String[] parts = operation.value().split(":", -1);
        for (Kind kind : Kind.values()) {
            int wanted = kind == Kind.RESTORE ? 4 : 2;
            if (parts[0].equals(kind.name().toLowerCase(Locale.ROOT)) && parts.length == wanted) {
                Optional<ObjectId> id = ObjectId.of(parts[wanted - 1]);
                if (id.isPresent()) {
                    return kind == Kind.RESTORE
                            ? new Handle(kind, id.get(), parts[1], parts[2])
                            : Handle.of(kind, id.get());
                }
            }
        }
        throw new ProviderException(
                ErrorKind.NOT_FOUND,
                "operation " + operation.value(),
                "Operation " + operation.value() + " is not one of the driver for PX-Backup");
    }
}
