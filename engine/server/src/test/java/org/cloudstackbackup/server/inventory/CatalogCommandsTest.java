/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.cloudstackbackup.framework.event.Journal;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.identity.Role;
import org.cloudstackbackup.framework.identity.User;
import org.cloudstackbackup.framework.inventory.Template;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.inventory.VmState;
import org.cloudstackbackup.framework.secret.SecretBox;
import org.cloudstackbackup.framework.setting.SettingRegistry;
import org.cloudstackbackup.framework.setting.StoredSettings;
import org.cloudstackbackup.server.api.CommandDispatcher;
import org.cloudstackbackup.server.api.Tenants;
import org.cloudstackbackup.server.identity.ProjectSettings;
import org.cloudstackbackup.server.job.JobContext;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.store.Database;
import org.cloudstackbackup.store.JdbcDiskOfferings;
import org.cloudstackbackup.store.JdbcEventStore;
import org.cloudstackbackup.store.JdbcGuestOses;
import org.cloudstackbackup.store.JdbcNetworks;
import org.cloudstackbackup.store.JdbcServiceOfferings;
import org.cloudstackbackup.store.JdbcSettingStore;
import org.cloudstackbackup.store.JdbcTemplates;
import org.cloudstackbackup.store.JdbcVms;
import org.cloudstackbackup.store.JdbcZones;
import org.cloudstackbackup.testkit.SettableClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CatalogCommandsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Domain ROOT = new Domain(1, "d-1", "ROOT", null, "/", 0, "Active", NOW, null);
    private static final Caller ADMIN = caller(2, "admin", org.cloudstackbackup.framework.identity.RoleType.ADMIN);
    private static final Caller ANN = caller(3, "ann", org.cloudstackbackup.framework.identity.RoleType.USER);
    private static final Caller BOB = caller(4, "bob", org.cloudstackbackup.framework.identity.RoleType.USER);

    private final SettableClock clock = new SettableClock(NOW);
    private final Database database = Database.open(Database.memoryUrl("catalog-" + UUID.randomUUID()), 4);
    private final JdbcEventStore events = new JdbcEventStore(database, clock);
    private final CatalogStores stores = new CatalogStores(
            new JdbcZones(database),
            new JdbcServiceOfferings(database),
            new JdbcDiskOfferings(database),
            new JdbcTemplates(database),
            new JdbcGuestOses(database),
            new JdbcNetworks(database),
            new JdbcVms(database));
    private final StoredSettings settings = new StoredSettings(
            new SettingRegistry(ProjectSettings.ALL), new JdbcSettingStore(database, clock, SecretBox.random()), clock);
    private final CatalogCommands module =
            new CatalogCommands(stores, database, new Journal(events), clock, settings, List.of("simulator"));
    private final CommandDispatcher dispatcher =
            new CommandDispatcher(List.of(module), new NoTenants(), call -> "no jobs here");

    @BeforeEach
    void addAccounts() {
        database.jdbi().useHandle(handle -> {
            handle.execute("INSERT INTO roles (id, uuid, name, role_type) VALUES (50, 'r-50', 'Some', 'USER')");
            handle.execute(
                    "INSERT INTO domain (id, uuid, parent, name, owner, path, level, created)"
                            + " VALUES (1, 'd-1', NULL, 'ROOT', 2, '/', 0, ?)",
                    NOW);
            for (Caller caller : List.of(ADMIN, ANN, BOB)) {
                handle.execute(
                        "INSERT INTO account (id, uuid, account_name, type, role_id, domain_id, created)"
                                + " VALUES (?, ?, ?, 0, 50, 1, ?)",
                        caller.account().id(),
                        caller.account().uuid(),
                        caller.account().name(),
                        NOW);
            }
        });
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aZoneIsCreatedWithANetworkAndChangedAndDeleted() throws Exception {
        JsonObject zone = one(call(ADMIN, "createZone", "name", " north "), "zone");
        assertThat(zone.get("name").getAsString()).isEqualTo("north");
        assertThat(zone.get("networktype").getAsString()).isEqualTo("Advanced");
        assertThat(zone.get("allocationstate").getAsString()).isEqualTo("Enabled");
        String id = zone.get("id").getAsString();

        JsonObject network =
                items(call(ANN, "listNetworks", "zoneid", id), "network").get(0);
        assertThat(network.get("cidr").getAsString()).isEqualTo("10.1.0.0/16");
        assertThat(network.get("gateway").getAsString()).isEqualTo("10.1.0.1");
        assertThat(network.get("netmask").getAsString()).isEqualTo("255.255.0.0");
        assertThat(network.get("zonename").getAsString()).isEqualTo("north");

        call(ADMIN, "updateZone", "id", id, "name", "south", "allocationstate", "disabled");
        assertThat(names(call(ADMIN, "listZones", "id", id), "zone")).containsExactly("south");
        assertThat(call(ANN, "listZones").size())
                .as("users do not see a disabled zone")
                .isZero();

        assertThat(call(ADMIN, "deleteZone", "id", id).get("success").getAsBoolean())
                .isTrue();
        assertThat(call(ADMIN, "listZones").size()).isZero();
        assertThat(call(ADMIN, "listNetworks").size()).isZero();
        refused(ErrorKind.NOT_FOUND, "deleted", ADMIN, "updateZone", "id", id, "name", "east");
        List<String> types = database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT type FROM event ORDER BY id")
                        .mapTo(String.class)
                        .list());
        assertThat(types).containsExactly("ZONE.CREATE", "ZONE.EDIT", "ZONE.DELETE");
    }

    @Test
    void zonesThatCannotBeAreRefusedWithTheParameterAndWhatIsAllowed() throws Exception {
        call(ADMIN, "createZone", "name", "north");
        for (String name : List.of("a/b", "a\\b", "..", "a\nb", "  ")) {
            refused(ErrorKind.USER, "255 characters", NEW_ZONE, name);
        }
        refused(ErrorKind.CONFLICT, "north already", NEW_ZONE, "north");
        refused(ErrorKind.USER, "Basic, Advanced", ADMIN, "createZone", "name", "a", "networktype", "Odd");
        refused(
                ErrorKind.USER,
                "inventory must be one of simulator",
                ADMIN,
                "createZone",
                "name",
                "a",
                "inventory",
                "kvm");
        for (String cidr : List.of("10.1.0.0", "10.1.0.0/31", "10.1.0.300/16", "ten/16")) {
            refused(ErrorKind.USER, "guestcidraddress", ADMIN, "createZone", "name", "a", "guestcidraddress", cidr);
        }
        String id = items(call(ADMIN, "listZones"), "zone").get(0).get("id").getAsString();
        call(ADMIN, "createZone", "name", "south");
        refused(ErrorKind.CONFLICT, "south already", ADMIN, "updateZone", "id", id, "name", "south");
        refused(ErrorKind.USER, "Nothing to change", ADMIN, "updateZone", "id", id);
        assertThat(names(call(ADMIN, "listZones"), "zone")).containsExactly("north", "south");
    }

    @Test
    void aZoneWithVmsIsKeptAndListedToTheirOwner() throws Exception {
        String id = one(call(ADMIN, "createZone", "name", "north"), "zone")
                .get("id")
                .getAsString();
        call(ADMIN, "createZone", "name", "south");
        addVm(ANN, stores.zones().findByUuid(id).orElseThrow().id());

        refused(ErrorKind.CONFLICT, "still has 1 VMs", ADMIN, "deleteZone", "id", id);
        assertThat(names(call(ANN, "listZones", "available", "false"), "zone")).containsExactly("north");
        assertThat(call(BOB, "listZones", "available", "false").size()).isZero();
        assertThat(names(call(BOB, "listZones"), "zone")).containsExactly("north", "south");
        assertThat(names(call(BOB, "listZones", "name", "", "keyword", "SOU"), "zone"))
                .containsExactly("south");
    }

    @Test
    void serviceOfferingsAreCreatedChangedAndDeleted() throws Exception {
        JsonObject made = one(newService("small", "2", "1500", "512"), "serviceoffering");
        assertThat(made.get("cpunumber").getAsInt()).isEqualTo(2);
        assertThat(made.get("cpuspeed").getAsInt()).isEqualTo(1500);
        assertThat(made.get("memory").getAsInt()).isEqualTo(512);
        assertThat(made.get("displaytext").getAsString()).isEqualTo("small");
        assertThat(made.get("created").getAsString()).isEqualTo("2026-03-01T10:00:00+0000");

        String id = made.get("id").getAsString();
        assertThatThrownBy(() -> newService("small", "1", "1", "32")).hasMessageContaining("small already");
        assertThatThrownBy(() -> newService("a", "0", "1", "32"))
                .hasMessageContaining("cpunumber must be a number from 1");
        assertThatThrownBy(() -> newService("a", "1", "-1", "32"))
                .hasMessageContaining("cpuspeed must be a number from 1");
        assertThatThrownBy(() -> newService("a", "1", "1", "31"))
                .hasMessageContaining("memory must be a number from 32");

        call(ADMIN, "updateServiceOffering", "id", id, "displaytext", "Two CPUs");
        JsonObject changed = items(call(BOB, "listServiceOfferings", "id", id), "serviceoffering")
                .get(0);
        assertThat(changed.get("displaytext").getAsString()).isEqualTo("Two CPUs");
        assertThat(changed.get("name").getAsString()).isEqualTo("small");

        call(ADMIN, "deleteServiceOffering", "id", id);
        assertThat(call(BOB, "listServiceOfferings").size()).isZero();
        refused(ErrorKind.NOT_FOUND, "deleted", ADMIN, "deleteServiceOffering", "id", id);
    }

    @Test
    void diskOfferingsHaveASizeOrAreCustomized() throws Exception {
        JsonObject fixed = one(call(ADMIN, "createDiskOffering", "name", "ten", "disksize", "10"), "diskoffering");
        JsonObject custom = one(call(ADMIN, "createDiskOffering", "name", "any", "customized", "true"), "diskoffering");
        assertThat(fixed.get("disksize").getAsLong()).isEqualTo(10);
        assertThat(fixed.get("iscustomized").getAsBoolean()).isFalse();
        assertThat(custom.get("disksize").getAsLong()).isZero();
        assertThat(custom.get("iscustomized").getAsBoolean()).isTrue();

        refused(ErrorKind.CONFLICT, "ten already", ADMIN, "createDiskOffering", "name", "ten", "disksize", "1");
        refused(ErrorKind.USER, "disksize is needed", ADMIN, "createDiskOffering", "name", "a");
        refused(ErrorKind.USER, "from 1 to 65536, not 0", ADMIN, "createDiskOffering", "name", "a", "disksize", "0");
        refused(
                ErrorKind.USER,
                "customized",
                ADMIN,
                "createDiskOffering",
                "name",
                "a",
                "disksize",
                "1",
                "customized",
                "true");
        refused(
                ErrorKind.USER,
                "miniops",
                ADMIN,
                "createDiskOffering",
                "name",
                "a",
                "disksize",
                "1",
                "miniops",
                "9",
                "maxiops",
                "8");

        String fixedId = fixed.get("id").getAsString();
        JsonObject changed = one(
                call(ADMIN, "updateDiskOffering", "id", fixedId, "name", "Ten", "displaytext", "10 GiB"),
                "diskoffering");
        assertThat(changed.get("name").getAsString()).isEqualTo("Ten");
        assertThat(changed.get("displaytext").getAsString()).isEqualTo("10 GiB");
        refused(ErrorKind.CONFLICT, "any already", ADMIN, "updateDiskOffering", "id", fixedId, "name", "any");
        refused(ErrorKind.USER, "Nothing to change", ADMIN, "updateDiskOffering", "id", fixedId);
        call(ADMIN, "deleteDiskOffering", "id", fixedId);
        assertThat(names(call(BOB, "listDiskOfferings"), "diskoffering")).containsExactly("any");
    }

    @Test
    void templatesAreShownToThoseWhoMayUseThem() throws Exception {
        call(ADMIN, "createZone", "name", "north");
        long os = stores.guestOses()
                .add("os-1", stores.guestOses().addCategory("cat-1", "Linux").id(), "Debian 12")
                .id();
        template("featured", ADMIN, os, true, true);
        template("community", ADMIN, os, true, false);
        template("anns", ANN, os, false, false);

        assertThat(templates(BOB, "executable")).containsExactly("featured", "community");
        assertThat(templates(ANN, "executable")).containsExactly("featured", "community", "anns");
        assertThat(templates(BOB, "featured")).containsExactly("featured");
        assertThat(templates(BOB, "community")).containsExactly("community");
        assertThat(templates(ANN, "self")).containsExactly("anns");
        assertThat(templates(ANN, "sharedexecutable")).isEmpty();
        assertThat(templates(ADMIN, "all")).containsExactly("featured", "community", "anns");
        refused(ErrorKind.USER, "only root admins", BOB, "listTemplates", "templatefilter", "all");
        refused(ErrorKind.USER, "featured, self", BOB, "listTemplates", "templatefilter", "best");

        JsonObject shown = items(call(ANN, "listTemplates", "templatefilter", "self", "id", "uuid-anns"), "template")
                .get(0);
        assertThat(shown.get("ostypename").getAsString()).isEqualTo("Debian 12");
        assertThat(shown.get("zonename").getAsString()).isEqualTo("north");
        assertThat(shown.get("account").getAsString()).isEqualTo("ann");
        assertThat(shown.get("domainpath").getAsString()).isEqualTo("ROOT");
        assertThatThrownBy(() -> call(BOB, "listTemplates", "templatefilter", "executable", "id", "uuid-anns"))
                .as("to others it looks like a template that does not exist")
                .hasMessageContaining("entity does not exist");
        assertThat(items(call(BOB, "listOsTypes"), "ostype")
                        .get(0)
                        .get("oscategoryname")
                        .getAsString())
                .isEqualTo("Linux");
        assertThat(names(call(BOB, "listOsCategories"), "oscategory")).containsExactly("Linux");
        assertThat(names(call(BOB, "listHypervisors"), "hypervisor")).containsExactly("Simulator");
    }

    @Test
    void listsOfWhatThereIsNotAreEmptyAndChangesRefused() throws Exception {
        for (String command : List.of(
                "listPods", "listHosts", "listIsos", "listRouters", "listVPCs", "listSSHKeyPairs", "listTags")) {
            assertThat(call(ADMIN, command, "listall", "true", "page", "1", "pagesize", "20", "hypervisor", "KVM")
                            .size())
                    .as(command)
                    .isZero();
        }
        for (String command : List.of("migrateSystemVm", "addNetworkServiceProvider", "updateNetworkServiceProvider")) {
            refused(ErrorKind.USER, command + " cannot be done: this server ", ADMIN, command);
        }
        assertThat(new AbsentResources.ListLdapConfigurations().getCommandName())
                .isEqualTo("ldapconfigurationresponse");
        assertThat(one(call(BOB, "cloudianIsEnabled"), "cloudianisenabled")
                        .get("enabled")
                        .getAsBoolean())
                .isFalse();
        assertThat(one(call(ADMIN, "readyForShutdown"), "readyforshutdown")
                        .get("shutdowntriggered")
                        .getAsBoolean())
                .isFalse();
        JsonObject capability = one(call(BOB, "listCapabilities"), "capability");
        assertThat(capability.get("cloudstackversion").getAsString()).isEqualTo("4.22.0.0");
        assertThat(capability.get("defaultuipagesize").getAsInt()).isEqualTo(20);
    }

    @Test
    void usersMayReadAndOnlyRootAdminsMayChange() {
        Map<String, List<RoleType>> roles = new TreeMap<>();
        module.commands().forEach(command -> {
            APICommand annotation = requireNonNull(command.getAnnotation(APICommand.class), "no annotation");
            roles.put(annotation.name(), List.of(annotation.authorized()));
        });
        roles.forEach((name, allowed) -> {
            assertThat(allowed).as(name).contains(RoleType.Admin);
            if (name.matches("(create|update|delete|add|migrate).*")) {
                assertThat(allowed).as(name).containsExactly(RoleType.Admin);
            }
        });
        assertThat(roles.get("listZones")).contains(RoleType.User);
        assertThat(roles.get("listHosts")).doesNotContain(RoleType.User);
    }

    private static final String[] NEW_ZONE = {"createZone", "name"};

    private void refused(ErrorKind kind, String text, String[] command, String value) {
        refused(kind, text, ADMIN, command[0], command[1], value);
    }

    private void refused(ErrorKind kind, String text, Caller caller, String command, String... params) {
        assertThatThrownBy(() -> call(caller, command, params))
                .as(command + Arrays.toString(params))
                .hasMessageContaining(text)
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private JsonObject newService(String name, String cpus, String speed, String memory) throws Exception {
        return call(
                ADMIN, "createServiceOffering", "name", name, "cpunumber", cpus, "cpuspeed", speed, "memory", memory);
    }

    private List<String> templates(Caller caller, String filter) throws Exception {
        JsonObject answer = call(caller, "listTemplates", "templatefilter", filter);
        return answer.size() == 0 ? List.of() : names(answer, "template");
    }

    private void template(String name, Caller owner, long os, boolean isPublic, boolean featured) {
        stores.templates()
                .add(new Template(
                        0,
                        "uuid-" + name,
                        name,
                        null,
                        "RAW",
                        "Simulator",
                        os,
                        1L << 30,
                        owner.owner(),
                        null,
                        isPublic,
                        featured,
                        NOW,
                        null));
    }

    private void addVm(Caller owner, long zoneId) {
        Owner account = owner.owner();
        stores.vms()
                .add(
                        new Vm(
                                0,
                                "vm-1",
                                "web",
                                null,
                                "",
                                VmState.STOPPED,
                                zoneId,
                                account,
                                1,
                                1,
                                1,
                                "Simulator",
                                null,
                                null,
                                null,
                                0,
                                NOW,
                                null),
                        List.of(),
                        Map.of());
    }

    private JsonObject call(Caller caller, String command, String... params) throws Exception {
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < params.length; i += 2) {
            map.put(params[i], params[i + 1]);
        }
        Object response = dispatcher.execute(command, map, caller, NO_JOB, null, null);
        return JsonParser.parseString(dispatcher.renderResult(requireNonNull(response, "no answer")))
                .getAsJsonObject();
    }

    private static JsonObject one(JsonObject answer, String key) {
        return answer.getAsJsonObject(key);
    }

    private static List<JsonObject> items(JsonObject answer, String key) {
        List<JsonObject> items = answer.getAsJsonArray(key).asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
        assertThat(answer.get("count").getAsInt()).isEqualTo(items.size());
        return items;
    }

    private static List<String> names(JsonObject answer, String key) {
        return items(answer, key).stream()
                .map(item -> item.get("name").getAsString())
                .toList();
    }

    private static Caller caller(long id, String name, org.cloudstackbackup.framework.identity.RoleType type) {
        return new Caller(
                new User(id, "u-" + id, name, id, null, null, null, "enabled", null, null, NOW, null),
                new Account(id, "a-" + id, name, 0, 50, 1, "enabled", NOW, null),
                ROOT,
                new Role(50, "r-50", "Some", type, false, true, null));
    }

    /** For commands that run within their request. */
    private static final JobContext NO_JOB = new JobContext() {
        @Override
        public long id() {
            return -1;
        }

        @Override
        public String uuid() {
            return "no-job";
        }

        @Override
        public void progress(@Nullable Integer percent, String message) {
            throw new IllegalStateException("no command of the catalog is a job");
        }

        @Override
        public void continueLater() {
            throw new IllegalStateException("no command of the catalog is a job");
        }

        @Override
        public void instance(String type, long id, String uuid) {
            throw new IllegalStateException("no command of the catalog is a job");
        }
    };

    /** Nobody narrows a list to a domain here. */
    private static final class NoTenants implements Tenants {
        @Override
        public Optional<Owner> findProject(long id) {
            return Optional.empty();
        }

        @Override
        public Optional<Domain> findDomain(long id) {
            return Optional.empty();
        }

        @Override
        public Optional<Account> findAccount(String name, long domainId) {
            return Optional.empty();
        }
    }
}
