/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.offering.BackupOffering;
import org.cloudstackbackup.framework.offering.BackupOfferings;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules of backup offerings over a real database; the world begins with one, gold, whose external id is gold. */
class BackupOfferingsTest {
    private static final PageRequest ALL = new PageRequest(0, 100);

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void importRefusesInOrderAndWritesNothing(DatabaseKind kind) {
        try (BackupWorld world = new BackupWorld(kind)) {
            BackupOfferings offerings = world.framework.offerings();
            world.product.reachable = false;
            refused(ErrorKind.NOT_FOUND, "zone", () -> load(world, "u1", "x", "silver", 77));
            refused(ErrorKind.USER, "name", () -> load(world, "u1", " ", "silver", 1));
            refused(ErrorKind.USER, "name", () -> load(world, "u1", "two\nlines", "silver", 1));
            refused(ErrorKind.CONFLICT, "gold (offering-1)", () -> load(world, "u1", "other", "gold", 1));
            refused(ErrorKind.CONFLICT, "(offering-1)", () -> load(world, "u1", "gold", "silver", 1));
            refused(ErrorKind.UNAVAILABLE, "Connection refused", () -> load(world, "u1", "other", "silver", 1));
            world.product.reachable = true;
            refused(ErrorKind.NOT_FOUND, "silver", () -> load(world, "u1", "other", "silver", 1));
            assertThat(world.number("SELECT COUNT(*) FROM backup_offering")).isEqualTo(1);
            assertThat(world.number(
                            "SELECT COUNT(*) FROM event WHERE level = 'ERROR' AND type = 'BACKUP.IMPORT.OFFERING'"))
                    .isEqualTo(7);
            assertThat(offerings.list(world.admin, null, null, null, ALL).total())
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void importIsDoneOncePerJob(DatabaseKind kind) {
        try (BackupWorld world = new BackupWorld(kind)) {
            removeGold(world);
            BackupOffering first = load(world, "u1", "Gold 2", "gold", 1);
            world.product.reachable = false;
            assertThat(load(world, "u1", "Gold 2", "gold", 1)).isEqualTo(first);
            assertThat(first.uuid()).isEqualTo("u1");
            assertThat(first.provider()).isEqualTo("fake");
            assertThat(first.zoneUuid()).isEqualTo("zone-1");
            assertThat(world.number("SELECT COUNT(*) FROM event WHERE type = 'BACKUP.IMPORT.OFFERING'"))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aPolicyIsOfferedWithAndWithoutBackupsOnRequest(DatabaseKind kind) {
        try (BackupWorld world = new BackupWorld(kind)) {
            BackupOfferings offerings = world.framework.offerings();
            BackupOffering sla = load(world, "u1", "gold SLA", "gold", false);
            assertThat(sla.userDriven()).isFalse();
            refused(ErrorKind.CONFLICT, "allowuserdrivenbackups=false", () -> load(world, "u2", "x", "gold", false));
            refused(ErrorKind.CONFLICT, "(offering-1)", () -> load(world, "u2", "x", "gold", 1));
            refused(
                    ErrorKind.CONFLICT,
                    "allowuserdrivenbackups=true",
                    () -> offerings.update(world.admin, sla.id(), null, null, true));
            assertThat(offerings
                            .update(world.admin, sla.id(), "gold plan", null, false)
                            .name())
                    .isEqualTo("gold plan");
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void updateChangesWhatIsGiven(DatabaseKind kind) {
        try (BackupWorld world = new BackupWorld(kind)) {
            BackupOfferings offerings = world.framework.offerings();
            insert(world, 2, "silver", "Every day", true);
            refused(ErrorKind.USER, "name, description", () -> offerings.update(world.admin, 2, null, null, null));
            refused(ErrorKind.USER, "description", () -> offerings.update(world.admin, 2, null, "", null));
            refused(ErrorKind.CONFLICT, "offering-1", () -> offerings.update(world.admin, 2, "gold", null, null));
            refused(ErrorKind.NOT_FOUND, "does not exist", () -> offerings.update(world.admin, 9, "x", null, null));
            assertThat(offerings.update(world.admin, 2, "silver", null, false).userDriven())
                    .isFalse();
            BackupOffering changed = offerings.update(world.admin, 2, "bronze", null, null);
            assertThat(changed.name()).isEqualTo("bronze");
            assertThat(changed.description()).isEqualTo("Every day");
            assertThat(offerings.list(world.admin, 2L, null, null, ALL).items()).containsExactly(changed);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void listingsSearchLiterallyAndShowTenantsWhatIsTheirs(DatabaseKind kind) {
        try (BackupWorld world = new BackupWorld(kind)) {
            insert(world, 2, "100% sure", "Every day", true);
            insert(world, 3, "a_b", "Every 100 days", true);
            insert(world, 4, "hidden", "Not ON request", false);
            assertThat(names(world, world.admin, "100%")).containsExactly("100% sure");
            assertThat(names(world, world.admin, "A_B")).containsExactly("a_b");
            assertThat(names(world, world.admin, "_")).containsExactly("a_b");
            assertThat(names(world, world.admin, "100")).containsExactly("100% sure", "a_b");
            assertThat(names(world, world.admin, "on request")).containsExactly("hidden");
            assertThat(names(world, world.shop, null)).containsExactly("gold", "100% sure", "a_b");
            world.database
                    .jdbi()
                    .useHandle(h -> h.execute("UPDATE vm_instance SET backup_offering_id = 4 WHERE id = 2"));
            assertThat(names(world, world.shop, null)).containsExactly("gold", "100% sure", "a_b", "hidden");
            world.database.jdbi().useHandle(h -> h.execute("UPDATE vm_instance SET account_id = 2 WHERE id = 2"));
            assertThat(names(world, world.shop, null)).doesNotContain("hidden");
            assertThat(names(world, world.admin, null)).hasSize(4);

            BackupOfferings offerings = world.framework.offerings();
            Page<BackupOffering> second = offerings.list(world.admin, null, 1L, null, new PageRequest(2, 2));
            assertThat(second.total()).isEqualTo(4);
            assertThat(second.items()).extracting(BackupOffering::name).containsExactly("a_b", "hidden");
            Page<BackupOffering> past = offerings.list(world.admin, null, null, null, new PageRequest(40, 20));
            assertThat(past.total()).isEqualTo(4);
            assertThat(past.items()).isEmpty();
            assertThat(offerings.list(world.admin, null, 77L, null, ALL).total())
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void deletingIsRefusedWhileVmsOrBackupsUseIt(DatabaseKind kind) {
        try (BackupWorld world = new BackupWorld(kind)) {
            BackupOfferings offerings = world.framework.offerings();
            world.framework.backups().allocate(world.shop, BackupWorld.WEB, "b", null, false);
            refused(ErrorKind.CONFLICT, "1 VMs and 1 backups", () -> offerings.delete(world.admin, 1));
            world.database.jdbi().useHandle(h -> h.execute("UPDATE vm_instance SET backup_offering_id = NULL"));
            refused(ErrorKind.CONFLICT, "0 VMs and 1 backups", () -> offerings.delete(world.admin, 1));
            world.database.jdbi().useHandle(h -> h.execute("UPDATE backups SET removed = ?", TestTenants.CREATED));
            offerings.delete(world.admin, 1);
            refused(ErrorKind.NOT_FOUND, "was deleted", () -> offerings.delete(world.admin, 1));
            assertThat(names(world, world.admin, null)).isEmpty();
            assertThat(load(world, "u2", "gold", "gold", 1).uuid()).isEqualTo("u2");
        }
    }

    private static BackupOffering load(BackupWorld world, String uuid, String name, String externalId, long zone) {
        return world.framework
                .offerings()
                .importOffering(
                        world.admin, uuid, new BackupOfferings.Import(name, "described", externalId, zone, null, true));
    }

    private static BackupOffering load(
            BackupWorld world, String uuid, String name, String externalId, boolean userDriven) {
        return world.framework
                .offerings()
                .importOffering(
                        world.admin,
                        uuid,
                        new BackupOfferings.Import(name, "described", externalId, 1, null, userDriven));
    }

    private static void removeGold(BackupWorld world) {
        new JdbcBackupOfferingStore(world.database).remove(BackupWorld.OFFERING, TestTenants.CREATED);
    }

    private static void insert(BackupWorld world, long id, String name, String description, boolean userDriven) {
        world.database
                .jdbi()
                .useHandle(h -> h.execute(
                        "INSERT INTO backup_offering (id, uuid, name, description, external_id, user_driven_backup,"
                                + " zone_id, provider, created) VALUES (?, ?, ?, ?, ?, ?, 1, 'fake', ?)",
                        id,
                        "offering-" + id,
                        name,
                        description,
                        "external-" + id,
                        userDriven,
                        TestTenants.CREATED));
    }

    private static List<String> names(
            BackupWorld world, Caller caller, @org.jspecify.annotations.Nullable String keyword) {
        return world.framework.offerings().list(caller, null, null, keyword, ALL).items().stream()
                .map(BackupOffering::name)
                .toList();
    }

    private static void refused(ErrorKind kind, String words, Runnable body) {
        assertThatThrownBy(body::run)
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining(words);
    }
}
