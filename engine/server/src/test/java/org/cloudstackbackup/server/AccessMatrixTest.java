/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.cloudstackbackup.server.api.AccessProbe;
import org.cloudstackbackup.server.api.AccessProbe.EntityParameter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command, for every role, with everybody's objects. A command or parameter that is not in access-matrix.txt fails: who
 * adds one says there who may call it and whose objects it takes, and these tests then hold it to that.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway") // a name that is not there ends the test, as it should
class AccessMatrixTest {
    private static final String UNKNOWN = "6f1c9a52-0000-4000-8000-00000000dead";
    /** Kinds of objects that belong to nobody, or that everybody may use; each line is a decision. */
    private static final Set<String> FOR_EVERYBODY = Set.of(
            "BackupOffering",
            "BackupProvider",
            "DiskOffering",
            "GuestOS",
            "GuestOs",
            "GuestOsCategory",
            "Network",
            "Role",
            "ServiceOffering",
            "Template",
            "Zone");

    /** Kinds that only root admins ever name. */
    private static final Set<String> FOR_ROOT_ONLY = Set.of("Alert", "BackupCluster");

    private static final Map<String, Set<String>> REACH = Map.of(
            "root", Set.of("own", "mate", "sub", "foreign"),
            "root-reader", Set.of("own", "mate", "sub", "foreign"),
            "resource-admin", Set.of("own", "mate", "sub"),
            "chief", Set.of("own", "mate", "sub"),
            "reader", Set.of(),
            "own", Set.of("own"),
            "mate", Set.of("mate"),
            "sub", Set.of("sub"),
            "foreign", Set.of("foreign"),
            "foreign-chief", Set.of("foreign"));

    private static final Map<String, Set<String>> DOMAIN_REACH = Map.of(
            "root", Set.of("root", "alpha", "alpha-sub", "beta"),
            "root-reader", Set.of("root", "alpha", "alpha-sub", "beta"),
            "resource-admin", Set.of("alpha", "alpha-sub"),
            "chief", Set.of("alpha", "alpha-sub"),
            "reader", Set.of("alpha"),
            "own", Set.of("alpha"),
            "mate", Set.of("alpha"),
            "sub", Set.of("alpha-sub"),
            "foreign", Set.of("beta"),
            "foreign-chief", Set.of("beta"));

    /** Where the things of an owner are. */
    private static final Map<String, String> DOMAIN_OF =
            Map.of("own", "alpha", "mate", "alpha", "sub", "alpha-sub", "foreign", "beta");

    private AccessWorld world;
    private AccessProbe probe;

    @BeforeAll
    void fill(@TempDir Path folder) throws IOException {
        world = new AccessWorld(folder);
        probe = new AccessProbe(world.parts.dispatcher());
    }

    @AfterAll
    void close() {
        world.close();
    }

    private static Map<String, String> classified() throws IOException {
        Map<String, String> table = new TreeMap<>();
        try (InputStream file = AccessMatrixTest.class.getResourceAsStream("access-matrix.txt")) {
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> {
                        String[] parts = line.split(" +", 2);
                        table.put(parts[0], parts[1].strip());
                    });
        }
        return table;
    }

    @Test
    void everyCommandIsClassified() throws IOException {
        List<String> actual = new ArrayList<>();
        probe.table().forEach((name, rest) -> actual.add(name + " " + rest));
        List<String> expected = new ArrayList<>();
        classified().forEach((name, rest) -> expected.add(name + " " + rest));
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void everyRoleMayCallWhatIsClassifiedAndNothingElse() throws IOException {
        List<String> wrong = new ArrayList<>();
        Map<String, String> table = classified();
        List<String> callers = new ArrayList<>(REACH.keySet());
        callers.add("nobody");
        for (Map.Entry<String, String> row : table.entrySet()) {
            for (String caller : callers) {
                // Such a name is refused before anything is executed, but after it was decided who may call.
                int status = world.call(caller, row.getKey(), Map.of("x[", "1")).status();
                int expected = needsNoLogin(row.getValue()) ? 200 : mayCall(caller, row.getValue()) ? 430 : 401;
                if (status != expected) {
                    wrong.add(row.getKey() + " by " + caller + ": " + status + ", not " + expected);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(world.call("nobody", "noSuchCommand", Map.of()).body())
                .as("who is not known learns of no command")
                .isEqualTo(world.call("nobody", "listBackups", Map.of())
                        .body()
                        .replace("listbackupsresponse", "errorresponse"));
    }

    private static boolean needsNoLogin(String classification) {
        return classification.startsWith("n", 5);
    }

    private static boolean mayCall(String caller, String classification) {
        String letters = classification.substring(0, 5);
        boolean reads = letters.endsWith("r");
        return switch (caller) {
            case "nobody" -> false;
            case "root" -> true;
            case "root-reader" -> reads;
            case "resource-admin" -> letters.contains("A");
            case "chief", "foreign-chief" -> letters.contains("D");
            case "reader" -> letters.contains("U") && reads;
            default -> letters.contains("U");
        };
    }

    @Test
    void anObjectOutOfReachIsAnsweredLikeOneThatDoesNotExist() throws IOException {
        List<String> wrong = new ArrayList<>();
        Map<String, String> table = classified();
        int checked = 0;
        for (EntityParameter parameter : probe.entityParameters()) {
            for (String caller : REACH.keySet()) {
                String classification = table.getOrDefault(parameter.command(), "------");
                if (parameter.kinds().stream().anyMatch(FOR_ROOT_ONLY::contains)) {
                    assertThat(classification).as(parameter.command()).startsWith("R---");
                } else if (mayCall(caller, classification)) {
                    checked += checkReach(parameter, caller, wrong);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(checked).isGreaterThan(1000);
    }

    private int checkReach(EntityParameter parameter, String caller, List<String> wrong) {
        String unknown = probe.bind(parameter, UNKNOWN, world.caller(caller));
        int checked = 0;
        for (String kind : parameter.kinds()) {
            for (Map.Entry<String, String> object : objects(kind).entrySet()) {
                boolean reachable = (kind.equals("Domain") ? DOMAIN_REACH : REACH)
                        .get(caller)
                        .contains(object.getKey());
                String answer = probe.bind(parameter, object.getValue(), world.caller(caller))
                        .replace(object.getValue(), UNKNOWN);
                boolean right = unknown.equals("ignored")
                        ? answer.equals("ignored")
                        : answer.equals(reachable ? "found" : unknown);
                if (!right) {
                    wrong.add(parameter.command() + " " + parameter + " by " + caller + " with " + object.getKey()
                            + "'s: " + answer);
                }
                checked++;
            }
        }
        return checked;
    }

    /** The uuids of a kind by owner. */
    private Map<String, String> objects(String kind) {
        if (FOR_EVERYBODY.contains(kind)) {
            return Map.of();
        }
        if (kind.equals("Domain")) {
            return world.domains;
        }
        Map<String, String> found = new LinkedHashMap<>();
        AccessWorld.OWNERS.forEach(
                owner -> found.put(owner, world.objects.get(owner).get(kind)));
        assertThat(found)
                .as("kind %s is for everybody, or AccessWorld makes one for each owner", kind)
                .doesNotContainValue(null);
        return found;
    }

    @Test
    void noListShowsWhatIsOutOfReach() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, String> row : classified().entrySet()) {
            if (row.getValue().startsWith("r", 4)) {
                for (String caller : List.of("own", "reader", "sub", "chief", "resource-admin", "foreign-chief")) {
                    if (mayCall(caller, row.getValue())) {
                        checkList(row.getKey(), caller, wrong);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private void checkList(String command, String caller, List<String> wrong) {
        for (Map<String, String> variant : List.of(
                Map.<String, String>of(),
                Map.of("listall", "true"),
                Map.of("listall", "true", "isrecursive", "true", "pagesize", "500", "page", "1"),
                Map.of("listall", "true", "projectid", "-1"),
                Map.of("listall", "true", "keyword", "-"))) {
            SignedClient.Answer answer = world.call(caller, command, variant);
            for (String mark : marksHiddenFrom(caller)) {
                if (answer.body().contains(mark)) {
                    wrong.add(command + " " + variant + " by " + caller + " shows " + mark);
                }
            }
            if (answer.status() == 200 && !countsItsItems(answer.body())) {
                wrong.add(command + " " + variant + " by " + caller + " counts what it does not show");
            }
        }
    }

    private static boolean countsItsItems(String body) {
        JsonObject list = AccessWorld.inner(body);
        return !list.has("count")
                || list.entrySet().stream()
                        .filter(entry -> entry.getValue().isJsonArray())
                        .allMatch(entry -> entry.getValue().getAsJsonArray().size()
                                == list.get("count").getAsInt());
    }

    /** Names and uuids that must not reach the caller. */
    private List<String> marksHiddenFrom(String caller) {
        List<String> marks = new ArrayList<>();
        for (String owner : hiddenFrom(caller)) {
            marks.addAll(world.names.get(owner));
            marks.addAll(world.objects.get(owner).values());
        }
        world.domains.forEach((name, uuid) -> {
            boolean above = name.equals("root") || (name.equals("alpha") && caller.equals("sub"));
            if (!above && !DOMAIN_REACH.get(caller).contains(name)) {
                marks.add(uuid);
            }
        });
        return marks;
    }

    private List<String> hiddenFrom(String caller) {
        return world.names.keySet().stream()
                .filter(owner -> !owner.equals(caller) && !REACH.get(caller).contains(owner))
                .filter(owner -> Set.of("own", "reader", "sub").contains(caller)
                        || AccessWorld.OWNERS.contains(owner)
                        || owner.equals("root-reader")
                        || owner.equals(caller.equals("foreign-chief") ? "chief" : "foreign-chief"))
                .toList();
    }

    @Test
    void aSearchForWhatIsOutOfReachAnswersLikeASearchForNothing() throws IOException {
        List<String> wrong = new ArrayList<>();
        Map<String, String> hidden = Map.of("own", "mate", "chief", "foreign", "foreign-chief", "own");
        for (Map.Entry<String, String> row : classified().entrySet()) {
            hidden.forEach((caller, owner) -> {
                if (row.getValue().startsWith("r", 4) && mayCall(caller, row.getValue())) {
                    search(row.getKey(), caller, owner, wrong);
                }
            });
        }
        assertThat(wrong).isEmpty();
    }

    private void search(String command, String caller, String owner, List<String> wrong) {
        for (String parameter : probe.textParameters(command)) {
            for (String mark : marksOf(owner)) {
                String unlike = mark.equals(mark.toLowerCase(Locale.ROOT)) && mark.length() == 36
                        ? UNKNOWN
                        : mark.replace(owner, "n".repeat(owner.length()));
                compare(command, caller, Map.of("listall", "true", parameter, mark), mark, unlike, wrong);
            }
        }
        String domain = world.domains.get(DOMAIN_OF.get(owner));
        String account = "acct-" + owner;
        compare(
                command,
                caller,
                Map.of("listall", "true", "account", account, "domainid", domain),
                account,
                "acct-" + "n".repeat(owner.length()),
                wrong);
        compare(command, caller, Map.of("listall", "true", "account", account), account, "acct-nobody", wrong);
        compare(
                command,
                caller,
                Map.of("projectid", world.objects.get(owner).get("Project")),
                world.objects.get(owner).get("Project"),
                UNKNOWN,
                wrong);
        if (!DOMAIN_REACH.get(caller).contains(DOMAIN_OF.get(owner))) {
            compare(command, caller, Map.of("listall", "true", "domainid", domain), domain, UNKNOWN, wrong);
        }
    }

    private List<String> marksOf(String owner) {
        List<String> marks = new ArrayList<>(world.names.get(owner));
        marks.add(world.objects.get(owner).get("UserVm"));
        marks.add(world.objects.get(owner).get("Volume"));
        marks.add(world.objects.get(owner).get("Backup"));
        return marks;
    }

    /** The same call with a mark that exists and one that does not; what is asked for may be in the answer, nothing more. */
    private void compare(
            String command, String caller, Map<String, String> params, String mark, String unlike, List<String> wrong) {
        Map<String, String> other = new LinkedHashMap<>(params);
        other.replaceAll((name, value) -> value.equals(mark) ? unlike : value);
        String found = "";
        String nothing = "";
        // Times, such as that of a server's last sign of life, may change between two calls.
        for (int i = 0; i < 3; i++) {
            found = world.call(caller, command, params).body();
            nothing = world.call(caller, command, other).body();
            if (found.replace(mark, unlike).equals(nothing.replace(mark, unlike))) {
                return;
            }
        }
        wrong.add(command + " " + params + " by " + caller + ": " + shown(found) + " but with " + unlike + ": "
                + shown(nothing));
    }

    private static String shown(String body) {
        return body.length() <= 300 ? body : body.substring(0, 300) + "...";
    }

    /** CVE-2025-66171 and its neighbours: nothing is made from what belongs to somebody else. */
    @Test
    void nothingIsMadeFromAForeignBackup() {
        Map<String, String> mine = world.objects.get("own");
        for (String owner : List.of("mate", "sub", "foreign")) {
            Map<String, String> theirs = world.objects.get(owner);
            for (Map<String, String> call : List.of(
                    Map.of("command", "createVMFromBackup", "backupid", theirs.get("Backup"), "zoneid", world.zone),
                    Map.of("command", "restoreBackup", "id", theirs.get("Backup")),
                    Map.of("command", "deleteBackup", "id", theirs.get("Backup"), "forced", "true"),
                    Map.of("command", "createBackup", "virtualmachineid", theirs.get("UserVm")),
                    restore(theirs.get("Backup"), theirs.get("Volume"), mine.get("UserVm")),
                    restore(theirs.get("Backup"), mine.get("Volume"), mine.get("UserVm")),
                    restore(mine.get("Backup"), mine.get("Volume"), theirs.get("UserVm")),
                    restore(mine.get("Backup"), theirs.get("Volume"), mine.get("UserVm")))) {
                likeUnknown("own", call, theirs);
            }
        }
    }

    private static Map<String, String> restore(String backup, String volume, String vm) {
        return Map.of(
                "command",
                "restoreVolumeFromBackupAndAttachToVM",
                "backupid",
                backup,
                "volumeid",
                volume,
                "virtualmachineid",
                vm);
    }

    private void likeUnknown(String caller, Map<String, String> call, Map<String, String> theirs) {
        Map<String, String> foreign = new LinkedHashMap<>(call);
        String command = foreign.remove("command");
        Map<String, String> unknown = new LinkedHashMap<>(foreign);
        unknown.replaceAll((name, value) -> theirs.containsValue(value) ? UNKNOWN : value);
        String refusal = ending(caller, command, foreign);
        for (String uuid : theirs.values()) {
            refusal = refusal.replace(uuid, UNKNOWN);
        }
        assertThat(refusal)
                .as("%s %s", command, foreign)
                .isEqualTo(ending(caller, command, unknown))
                .contains("errorcode");
    }

    /** The refusal, or how the job ended, without what differs from job to job. */
    private String ending(String caller, String command, Map<String, String> params) {
        SignedClient.Answer answer = world.call(caller, command, params);
        JsonObject body = AccessWorld.inner(answer.body());
        return body.has("jobid")
                ? world.outcome(caller, body.get("jobid").getAsString())
                        .get("jobresult")
                        .toString()
                : answer.body();
    }

    /** Commands that change something and take the name of an account; each is tried with somebody else's. */
    @Test
    @Order(Integer.MAX_VALUE) // after the lists: its refused jobs repeat the names that the caller gave
    void nothingIsMadeForAForeignAccount() throws IOException {
        Map<String, String> project =
                Map.of("projectid", world.objects.get("own").get("Project"));
        Map<String, Map<String, String>> calls = Map.of(
                "deployVirtualMachine",
                Map.of(
                        "zoneid",
                        world.zone,
                        "serviceofferingid",
                        first("listServiceOfferings", "serviceoffering"),
                        "templateid",
                        first("listTemplates", "template"),
                        "startvm",
                        "false"),
                "createVMFromBackup",
                Map.of("backupid", world.objects.get("own").get("Backup"), "zoneid", world.zone),
                "createVolume",
                Map.of("name", "v", "zoneid", world.zone, "diskofferingid", first("listDiskOfferings", "diskoffering")),
                "createProject",
                Map.of("name", "p", "displaytext", "p"),
                "addAccountToProject",
                project,
                "deleteAccountFromProject",
                project,
                "updateProject",
                Map.of("id", world.objects.get("own").get("Project")));
        List<String> named = new ArrayList<>();
        for (Map.Entry<String, String> row : classified().entrySet()) {
            boolean changesForUsers = row.getValue().startsWith("U-", 3);
            if (changesForUsers && probe.textParameters(row.getKey()).contains("account")) {
                named.add(row.getKey());
            }
        }
        assertThat(named).as("commands of users with an account's name").hasSameElementsAs(calls.keySet());
        calls.forEach((command, params) -> {
            // Who owns a project may add the accounts of its domain, as in CloudStack.
            for (String owner :
                    command.equals("addAccountToProject") ? List.of("foreign") : List.of("mate", "foreign")) {
                Map<String, String> foreign = new LinkedHashMap<>(params);
                foreign.put("account", "acct-" + owner);
                if (!params.containsKey("projectid") && !params.containsKey("id")) {
                    foreign.put("domainid", world.domains.get("alpha"));
                }
                Map<String, String> unknown = new LinkedHashMap<>(foreign);
                unknown.put("account", "acct-nobody");
                assertThat(ending("own", command, foreign).replace("acct-" + owner, "acct-nobody"))
                        .as("%s for %s", command, owner)
                        .isEqualTo(ending("own", command, unknown))
                        .contains("errorcode");
            }
        });
    }

    private String first(String command, String list) {
        return AccessWorld.uuid(world.run("own", command, "templatefilter", "executable"), list);
    }
}
