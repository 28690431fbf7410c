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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.cloudstackbackup.emulator.kubevirt.Guard;
import org.cloudstackbackup.emulator.pxbackup.wire.ApiFailure;
import org.cloudstackbackup.emulator.pxbackup.wire.Code;
import org.cloudstackbackup.emulator.pxbackup.wire.Line;
import org.cloudstackbackup.emulator.time.Timeline;
import org.cloudstackbackup.emulator.time.VirtualClock;
import org.jspecify.annotations.Nullable;

/** All state of one server: its objects, and what is to happen with them. One thread at a time, through the guard. */
final class World implements Guard {
    private static final int LONGEST_NAME = 253;

    private final Line line;
    private final Timings timings;
    private final Timeline timeline;
    private final Set<String> organisations = new LinkedHashSet<>();
    private final Map<Kind, Map<String, Entity>> objects = new EnumMap<>(Kind.class);
    private final Map<Kind, Map<String, String>> names = new EnumMap<>(Kind.class);
    private final Mishaps mishaps = new Mishaps();
    private int depth;

    World(Line line, Timings timings, VirtualClock clock) {
        this.line = requireNonNull(line, "line is null");
        this.timings = requireNonNull(timings, "timings is null");
        this.timeline = new Timeline(clock);
        clear();
    }

    @Override
    public synchronized <T> T inside(Supplier<T> action) {
        depth++;
        try {
            if (depth == 1) {
                timeline.catchUp();
            }
            return action.get();
        } finally {
            depth--;
        }
    }

    /** Back to the empty server with its default organisation. */
    void clear() {
        timeline.clear();
        organisations.clear();
        organisations.add("default");
        for (Kind kind : Kind.values()) {
            objects.put(kind, new LinkedHashMap<>());
            names.put(kind, new LinkedHashMap<>());
        }
        mishaps.clear();
    }

    Line line() {
        return line;
    }

    Timings timings() {
        return timings;
    }

    Timeline timeline() {
        return timeline;
    }

    Mishaps mishaps() {
        return mishaps;
    }

    Instant now() {
        return timeline.now();
    }

    Set<String> organisations() {
        return organisations;
    }

    List<Entity> all(Kind kind) {
        return new ArrayList<>(objects(kind).values());
    }

    boolean exists(Entity entity) {
        return objects(entity.kind()).get(entity.uid()) == entity;
    }

    /** @throws ApiFailure 409 when the owner has one of that name */
    void add(Entity entity) {
        String key = key(entity.org(), entity.owner(), entity.name());
        if (names(entity.kind()).containsKey(key) || objects(entity.kind()).containsKey(entity.uid())) {
            throw new ApiFailure(Code.ALREADY_EXISTS, entity.kind().path() + " [" + entity.name() + "] already exists");
        }
        names(entity.kind()).put(key, entity.uid());
        objects(entity.kind()).put(entity.uid(), entity);
    }

    /** Changes who owns the object and who else may do what with it. */
    void ownership(Entity entity, JsonObject changed) {
        names(entity.kind()).remove(key(entity.org(), entity.owner(), entity.name()));
        entity.ownership(changed);
        names(entity.kind()).put(key(entity.org(), entity.owner(), entity.name()), entity.uid());
    }

    void remove(Entity entity) {
        objects(entity.kind()).remove(entity.uid());
        names(entity.kind()).values().remove(entity.uid());
    }

    @Nullable
    Entity byUid(Kind kind, String uid) {
        return objects(kind).get(uid);
    }

    /** The identity of an object that a message's metadata wants; a wish for a uid is taken where the product takes it. */
    Entity.Identity identity(Kind kind, User user, JsonObject message) {
        String name = Tree.text(message, "metadata.name");
        String org = requireOrg(Tree.text(message, "metadata.org_id"));
        if (name.isEmpty()) {
            throw ApiFailure.invalid("name is required");
        }
        if (name.length() > LONGEST_NAME || name.contains("/")) {
            throw ApiFailure.invalid("invalid name: at most " + LONGEST_NAME + " characters, no slash");
        }
        String wish = Tree.text(message, "metadata.uid");
        boolean taken = kind == Kind.CLOUD_CREDENTIAL || kind == Kind.BACKUP_LOCATION || kind == Kind.SCHEDULE_POLICY;
        String uid = taken && !wish.isEmpty() ? wish : UUID.randomUUID().toString();
        return new Entity.Identity(org, user.id(), name, uid);
    }

    String requireOrg(String org) {
        if (org.isEmpty()) {
            throw ApiFailure.invalid("org_id is required");
        }
        if (!organisations.contains(org)) {
            throw ApiFailure.notFound("organization [" + org + "]: object not found");
        }
        return org;
    }

    /** The object a caller names; the uid wins, both must agree, and a name alone must be unambiguous. */
    Entity find(Kind kind, User user, String org, String name, String uid) {
        requireOrg(org);
        if (!uid.isEmpty()) {
            Entity found = byUid(kind, uid);
            boolean same = found != null
                    && found.org().equals(org)
                    && (name.isEmpty() || found.name().equals(name))
                    && Access.sees(user, found);
            if (found == null || !same) {
                throw missing(kind, name.isEmpty() ? uid : name);
            }
            return found;
        }
        if (name.isEmpty() || (!line.has(2, 10) && kind != Kind.RESTORE)) {
            throw ApiFailure.invalid("name and uid are required");
        }
        return byName(kind, user, org, name);
    }

    /** The object that a reference names. */
    Entity resolve(Kind kind, User user, String org, JsonObject ref, String deprecatedName) {
        String name = Tree.text(ref, "name");
        String uid = Tree.text(ref, "uid");
        if (name.isEmpty() && uid.isEmpty()) {
            if (deprecatedName.isEmpty()) {
                throw ApiFailure.invalid(kind.one() + "_ref is required");
            }
            Entity byUid = byUid(kind, deprecatedName);
            return byUid != null && Access.sees(user, byUid) ? byUid : byName(kind, user, org, deprecatedName);
        }
        return uid.isEmpty() ? byName(kind, user, org, name) : find(kind, user, org, name, uid);
    }

    private Entity byName(Kind kind, User user, String org, String name) {
        String own = names(kind).get(key(org, user.id(), name));
        List<Entity> found = user.isSuperAdmin() || own == null
                ? objects(kind).values().stream()
                        .filter(each -> each.name().equals(name) && each.org().equals(org) && Access.sees(user, each))
                        .toList()
                : List.of(requireNonNull(byUid(kind, own), "an index names an object that is there"));
        if (found.isEmpty()) {
            throw missing(kind, name);
        }
        if (found.size() > 1) {
            throw ApiFailure.invalid("multiple " + kind.path() + " objects with name [" + name + "], uid is required");
        }
        return found.get(0);
    }

    static ApiFailure missing(Kind kind, String name) {
        String text = kind == Kind.BACKUP_LOCATION
                ? "failed to retrieve backup location [" + name + "]: object not found"
                : "failed to retrieve " + kind.path() + " [" + name + "]: object not found";
        return ApiFailure.notFound(text);
    }

    private Map<String, Entity> objects(Kind kind) {
        return requireNonNull(objects.get(kind), "every kind has a map");
    }

    private Map<String, String> names(Kind kind) {
        return requireNonNull(names.get(kind), "every kind has a map");
    }

    private static String key(String org, String owner, String name) {
        return org + "\n" + owner + "\n" + name;
    }
}
