/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One object an operation is about. The uid is empty when the caller knows none. */
record Target(String organisation, String name, String uid) {
    private static final String UID_OPTIONAL = "2.10";

    static Target of(Table.Request request, String standardOrganisation) {
        String organisation = request.text("org_id");
        return new Target(
                organisation.isEmpty() ? standardOrganisation : organisation,
                request.text("name"),
                request.text("uid"));
    }

    /** Older lines take a name for an object only together with its uid. */
    void requireUid(ServerLine line) {
        if (uid.isEmpty() && !line.has(ServerLine.of(UID_OPTIONAL))) {
            throw PxBackupException.parameter(
                    "uid", "is missing; this server is " + line + ", and before " + UID_OPTIONAL + " it is needed");
        }
    }

    /** {@code base/org/name?uid=}. */
    String queried(String base) {
        return base + "/" + Call.encode(organisation) + "/" + Call.encode(name)
                + (uid.isEmpty() ? "" : "?uid=" + Call.encode(uid));
    }

    /** {@code base/org/name/uid}. */
    String nested(String base) {
        return base + "/" + Call.encode(organisation) + "/" + Call.encode(name) + "/" + Call.encode(uid);
    }

    /** The uid stood in the path until it moved into the query with 2.10. */
    String moved(String base, ServerLine line) {
        requireUid(line);
        return line.has(ServerLine.of(UID_OPTIONAL)) ? queried(base) : nested(base);
    }

    /** Into the metadata of a create or update. */
    void describe(ObjectNode body) {
        ObjectNode metadata = body.withObjectProperty("metadata");
        metadata.put("name", name);
        metadata.put("org_id", organisation);
        if (!uid.isEmpty()) {
            metadata.put("uid", uid);
        }
    }

    /** Beside the other members of a message without metadata. */
    void name(ObjectNode body) {
        body.put("org_id", organisation);
        body.put("name", name);
        if (!uid.isEmpty()) {
            body.put("uid", uid);
        }
    }
}
