/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Set;
import org.cloudstackbackup.emulator.pxbackup.wire.ApiFailure;

/** Who may see and change what. */
final class Access {
    private static final List<String> OWNERSHIP = List.of("Invalid", "Read", "Write", "Admin");
    private static final List<String> SHARE = List.of("Invalid", "View", "Restorable", "FullAccess");
    private static final int WRITE = 2;
    private static final int ADMIN = 3;
    private static final int FULL = 3;

    private Access() {}

    static boolean sees(User user, Entity entity) {
        return level(user, entity) > 0 || share(user, entity) > 0;
    }

    /** Read 1, write 2, administer 3; the owner and the super administrator may do everything. */
    static int level(User user, Entity entity) {
        if (user.isSuperAdmin() || entity.owner().equals(user.id())) {
            return ADMIN;
        }
        int granted = granted(user, entity.ownership(), OWNERSHIP);
        return Math.max(granted, OWNERSHIP.indexOf(Tree.text(entity.ownership(), "public.type")));
    }

    /** What a backup's share list gives: view 1, restore 2, everything 3. */
    static int share(User user, Entity entity) {
        return entity.kind() == Kind.BACKUP ? granted(user, Tree.object(entity.info(), "backup_share"), SHARE) : 0;
    }

    static String shareName(User user, Entity entity) {
        return SHARE.get(share(user, entity));
    }

    static void requireChange(User user, Entity entity, String verb) {
        if (level(user, entity) < WRITE && share(user, entity) < FULL) {
            throw ApiFailure.denied(
                    entity.kind() == Kind.BACKUP
                            ? "doesn't have permission to " + verb + " backup"
                            : "Access denied for [Resource: " + entity.kind().path() + "]");
        }
    }

    static void requireOwnership(User user, Entity entity) {
        if (level(user, entity) < ADMIN) {
            throw ApiFailure.denied(
                    "Access denied for [Resource: " + entity.kind().path() + "]");
        }
    }

    /** Takes the ownership that a create message wants; only an administrator creates for somebody else. */
    static void firstOwnership(User user, Entity entity, JsonObject message) {
        JsonObject wanted = Tree.object(message, "metadata.ownership");
        String owner = Tree.text(wanted, "owner");
        if (!owner.isEmpty() && !owner.equals(user.id()) && !user.isSuperAdmin()) {
            throw ApiFailure.denied("only an administrator may set the owner");
        }
        entity.ownership(wanted);
    }

    static void requireRestore(User user, Entity backup) {
        if (level(user, backup) < 1 && share(user, backup) < 2) {
            throw ApiFailure.denied("doesn't have permission to restore backup");
        }
    }

    /** Roles limit who creates what an installation needs; backups, schedules and restores are everybody's. */
    static void requireCreate(User user, Kind kind) {
        Set<String> roles = user.roles();
        if (roles.contains(User.SUPER_ADMIN) || roles.contains(User.INFRA_ADMIN)) {
            return;
        }
        boolean allowed = switch (kind) {
            case BACKUP, BACKUP_SCHEDULE, RESTORE, CLUSTER -> true;
            case CLOUD_CREDENTIAL -> false;
            default -> roles.contains(User.APP_ADMIN);
        };
        if (!allowed) {
            throw ApiFailure.denied("Access denied for [Resource: " + kind.path() + "]");
        }
    }

    private static int granted(User user, JsonObject grants, List<String> levels) {
        int best = 0;
        for (JsonObject each : Tree.objects(grants, "collaborators")) {
            String id = Tree.text(each, "id");
            if (id.equals(user.id()) || id.equals("*")) {
                best = Math.max(best, levels.indexOf(Tree.text(each, "access")));
            }
        }
        for (JsonObject each : Tree.objects(grants, "groups")) {
            String id = Tree.text(each, "id");
            if (user.groups().contains(id) || id.equals("*")) {
                best = Math.max(best, levels.indexOf(Tree.text(each, "access")));
            }
        }
        return best;
    }
}
