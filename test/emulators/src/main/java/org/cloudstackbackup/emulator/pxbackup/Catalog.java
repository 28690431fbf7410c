/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.cloudstackbackup.emulator.pxbackup.wire.ApiFailure;

/** The calls on what an administrator sets up once: policies, rules, credentials, volume policies. */
final class Catalog {
    private static final Set<String> SECRETS = Set.of(
            "secret_key",
            "account_key",
            "client_secret",
            "json_key",
            "api_key",
            "token",
            "encryption_key",
            "kubeconfig",
            "service_token",
            "access_token");

    private final World world;

    Catalog(World world) {
        this.world = requireNonNull(world, "world is null");
    }

    /** @param key where the message has what is to be kept */
    JsonObject create(Request request, Kind kind, String key) {
        Access.requireCreate(request.user(), kind);
        Entity.Identity identity = world.identity(kind, request.user(), request.body());
        JsonObject info = Tree.object(request.body(), key);
        check(kind, info);
        Entity entity = new Entity(kind, identity, world.now(), info);
        entity.labels(Tree.object(request.body(), "metadata.labels"));
        Access.firstOwnership(request.user(), entity, request.body());
        world.add(entity);
        return Tree.of(kind.one(), view(entity, request));
    }

    JsonObject update(Request request, Kind kind, String key) {
        Entity entity = target(request, kind);
        JsonObject info = Tree.object(request.body(), key);
        if (!info.isEmpty()) {
            check(kind, info);
            entity.info(info);
        }
        Backups.ownership(world, request.user(), entity, request.body());
        if (Tree.has(request.body(), "metadata.labels")) {
            entity.labels(Tree.object(request.body(), "metadata.labels"));
        }
        entity.touch(world.now());
        return new JsonObject();
    }

    Entity target(Request request, Kind kind) {
        Entity entity = world.find(
                kind,
                request.user(),
                Tree.text(request.body(), "metadata.org_id"),
                Tree.text(request.body(), "metadata.name"),
                Tree.text(request.body(), "metadata.uid"));
        Access.requireChange(request.user(), entity, "update");
        return entity;
    }

    private static void check(Kind kind, JsonObject info) {
        if (kind == Kind.SCHEDULE_POLICY) {
            PolicyTimes.check(info);
        }
        if (kind == Kind.CLOUD_CREDENTIAL && !info.has("type")) {
            throw ApiFailure.invalid("cloud credential type is required");
        }
    }

    JsonObject enumerate(Request request, Kind kind, Enumeration enumeration, Predicate<Entity> also) {
        world.requireOrg(request.org());
        Stream<Entity> visible = world.all(kind).stream()
                .filter(each ->
                        each.org().equals(request.org()) && Access.sees(request.user(), each) && also.test(each));
        return enumeration.page(kind, visible, each -> view(each, request));
    }

    JsonObject inspect(Request request, Kind kind) {
        Entity entity = world.find(kind, request.user(), request.org(), request.name(), request.uid());
        return Tree.of(kind.one(), view(entity, request));
    }

    JsonObject delete(Request request, Kind kind) {
        Entity entity = world.find(kind, request.user(), request.org(), request.name(), request.uid());
        Access.requireChange(request.user(), entity, "delete");
        requireUnused(entity);
        world.remove(entity);
        return new JsonObject();
    }

    /** @throws ApiFailure 400 while something refers to the object */
    void requireUnused(Entity entity) {
        List<Kind> users = switch (entity.kind()) {
            case SCHEDULE_POLICY, RULE, VOLUME_RESOURCE_ONLY_POLICY -> List.of(Kind.BACKUP_SCHEDULE);
            case CLOUD_CREDENTIAL -> List.of(Kind.BACKUP_LOCATION, Kind.CLUSTER);
            case BACKUP_LOCATION -> List.of(Kind.BACKUP_SCHEDULE);
            default -> List.of();
        };
        for (Kind kind : users) {
            for (Entity each : world.all(kind)) {
                if (each.info().toString().contains("\"" + entity.uid() + "\"")) {
                    throw ApiFailure.state(entity.kind().path() + " [" + entity.name() + "] is in use by " + kind.path()
                            + " [" + each.name() + "]");
                }
            }
        }
    }

    JsonObject ownership(Request request, Kind kind) {
        Entity entity = world.find(kind, request.user(), request.org(), request.name(), request.uid());
        Access.requireOwnership(request.user(), entity);
        world.ownership(entity, Tree.object(request.body(), "ownership"));
        entity.touch(world.now());
        return new JsonObject();
    }

    /** Secrets only for the owner who asks for them. */
    JsonObject view(Entity entity, Request request) {
        JsonObject info = entity.info();
        boolean open = Tree.flag(request.body(), "include_secrets")
                && entity.owner().equals(request.user().id());
        JsonObject view = Tree.of("metadata", entity.metadata());
        JsonObject told = open ? info : blanked(info);
        if (entity.kind() == Kind.SCHEDULE_POLICY) {
            told = told.deepCopy();
            told.add(
                    "backup_schedule",
                    Tree.arrayOfTexts(world.all(Kind.BACKUP_SCHEDULE).stream()
                            .filter(each -> Tree.text(each.info(), "schedule_policy_ref.uid")
                                    .equals(entity.uid()))
                            .map(Entity::name)
                            .toList()));
            told.addProperty("supports_advanced_features", true);
        }
        view.add(entity.kind().info(), told);
        return view;
    }

    private static JsonObject blanked(JsonObject info) {
        JsonObject copy = info.deepCopy();
        blank(copy);
        return copy;
    }

    private static void blank(JsonObject object) {
        object.keySet().removeIf(SECRETS::contains);
        object.entrySet().forEach(each -> {
            if (each.getValue() instanceof JsonObject inner) {
                blank(inner);
            }
        });
    }
}
