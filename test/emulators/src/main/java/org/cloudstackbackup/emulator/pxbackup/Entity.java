/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import java.time.Instant;

/** One object with its metadata; changes under the world's guard only. */
class Entity {
    private final Kind kind;
    private final String org;
    private final String name;
    private final String uid;
    private final Instant created;
    private String owner;
    private Instant updated;
    private JsonObject labels = new JsonObject();
    private JsonObject ownership = new JsonObject();
    private JsonObject info;

    Entity(Kind kind, Identity identity, Instant created, JsonObject info) {
        this.kind = requireNonNull(kind, "kind is null");
        this.org = identity.org();
        this.name = identity.name();
        this.uid = identity.uid();
        this.owner = identity.owner();
        this.created = requireNonNull(created, "created is null");
        this.updated = created;
        this.info = requireNonNull(info, "info is null");
    }

    final Kind kind() {
        return kind;
    }

    final String org() {
        return org;
    }

    final String name() {
        return name;
    }

    final String uid() {
        return uid;
    }

    final String owner() {
        return owner;
    }

    final Instant created() {
        return created;
    }

    final Instant updated() {
        return updated;
    }

    final JsonObject labels() {
        return labels;
    }

    final JsonObject ownership() {
        return ownership;
    }

    /** What is told beside the metadata, in declared names. */
    final JsonObject info() {
        return info;
    }

    final void info(JsonObject changed) {
        info = changed;
    }

    final void labels(JsonObject changed) {
        labels = changed;
    }

    final void ownership(JsonObject changed) {
        ownership = changed;
        String named = Tree.text(changed, "owner");
        if (!named.isEmpty()) {
            owner = named;
        }
    }

    final void touch(Instant time) {
        updated = time;
    }

    final String status() {
        return Tree.text(info, "status.status");
    }

    final void status(String status, String reason) {
        JsonObject told = new JsonObject();
        told.addProperty("status", status);
        told.addProperty("reason", reason);
        info.add("status", told);
    }

    final JsonObject ref() {
        return Tree.ref(name, uid);
    }

    final JsonObject metadata() {
        JsonObject metadata = new JsonObject();
        metadata.addProperty("name", name);
        metadata.addProperty("uid", uid);
        metadata.addProperty("owner", owner);
        metadata.addProperty("org_id", org);
        metadata.addProperty("create_time", created.toString());
        metadata.addProperty("last_update_time", updated.toString());
        metadata.add("labels", labels);
        metadata.addProperty("create_time_in_sec", created.getEpochSecond());
        metadata.addProperty("last_update_time_in_sec", updated.getEpochSecond());
        JsonObject told = ownership.deepCopy();
        told.addProperty("owner", owner);
        metadata.add("ownership", told);
        return metadata;
    }

    /** What tells an object from all others. */
    record Identity(String org, String owner, String name, String uid) {
        Identity {
            requireNonNull(org, "org is null");
            requireNonNull(owner, "owner is null");
            requireNonNull(name, "name is null");
            requireNonNull(uid, "uid is null");
        }
    }
}
