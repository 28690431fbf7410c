/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.cloudstackbackup.framework.identity.ApiKeys;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.server.api.ApiConfig;
import org.cloudstackbackup.server.api.ApiServer;
import org.cloudstackbackup.server.job.Node;
import org.cloudstackbackup.store.Database;

/**
 * A whole server over an embedded database, with domain alpha, a domain below it, and domain beta beside it. Four users have
 * one of everything each: "own" and "mate" in alpha, "sub" below it, "foreign" in beta.
 */
@SuppressWarnings("NullAway") // a name that is not there ends the test, as it should
final class AccessWorld implements AutoCloseable {
    static final List<String> OWNERS = List.of("own", "mate", "sub", "foreign");

    /** Everybody who calls; what each may reach is the table of the test. */
    final Map<String, ApiKeys> callers = new LinkedHashMap<>();
    /** Uuids by owner, then by kind. */
    final Map<String, Map<String, String>> objects = new LinkedHashMap<>();
    /** Names that only the owner's things have, by owner. */
    final Map<String, List<String>> names = new HashMap<>();

    final Map<String, String> domains = new LinkedHashMap<>();
    final String zone;
    final Parts parts;
    final Database database =
            Database.open(Database.memoryUrl("access-" + UUID.randomUUID()) + ";DB_CLOSE_DELAY=30", 16);

    private final DataFolder data;
    private final ApiServer api;

    AccessWorld(Path folder) throws IOException {
        data = DataFolder.open(folder.resolve("data"));
        parts = Parts.build(
                new ServerOptions(0, data.path(), null, "a long password", true),
                data,
                new Node("node-a"),
                database,
                Clock.systemUTC(),
                admin -> callers.put("root", admin.keys()));
        api = new ApiServer(
                new ApiConfig("127.0.0.1", 0, "4.22.0.0", "node-a", ApiConfig.DEFAULT_SESSION_TIMEOUT, 16),
                parts.apiPorts(),
                parts.dispatcher(),
                Map.of(),
                (command, status, took) -> {});
        api.start();
        parts.work().start();
        zone = uuid(run("root", "listZones"), "zone");
        makePeople();
        String offering = run(
                        "root",
                        "importBackupOffering",
                        "name",
                        "gold",
                        "description",
                        "gold",
                        "externalid",
                        "gold-policy",
                        "zoneid",
                        zone,
                        "allowuserdrivenbackups",
                        "true")
                .getAsJsonObject("backupoffering")
                .get("id")
                .getAsString();
        OWNERS.forEach(owner -> makeThings(owner, offering));
    }

    private void makePeople() {
        String root = uuid(run("root", "listDomains", "level", "0"), "domain");
        domains.put("root", root);
        domains.put("alpha", domain("dom-alpha", root));
        domains.put("alpha-sub", domain("dom-low", domains.get("alpha")));
        domains.put("beta", domain("dom-beta", root));
        Map<String, String> roles = new HashMap<>();
        run("root", "listRoles")
                .getAsJsonArray("role")
                .forEach(role -> roles.put(
                        role.getAsJsonObject().get("name").getAsString(),
                        role.getAsJsonObject().get("id").getAsString()));
        person("root-reader", root, roles.get("Read-Only Admin - Default"));
        person("resource-admin", domains.get("alpha"), roles.get("Resource Admin"));
        person("chief", domains.get("alpha"), roles.get("Domain Admin"));
        person("reader", domains.get("alpha"), roles.get("Read-Only User - Default"));
        person("foreign-chief", domains.get("beta"), roles.get("Domain Admin"));
        person("own", domains.get("alpha"), roles.get("User"));
        person("mate", domains.get("alpha"), roles.get("User"));
        person("sub", domains.get("alpha-sub"), roles.get("User"));
        person("foreign", domains.get("beta"), roles.get("User"));
    }

    private String domain(String name, String parent) {
        return run("root", "createDomain", "name", name, "parentdomainid", parent)
                .getAsJsonObject("domain")
                .get("id")
                .getAsString();
    }

    private void person(String name, String domain, String role) {
        JsonObject account = run(
                        "root",
                        "createAccount",
                        "username",
                        "user-" + name,
                        "password",
                        "password of " + name,
                        "firstname",
                        "first-" + name,
                        "lastname",
                        "last-" + name,
                        "email",
                        "mail-" + name + "@example.org",
                        "account",
                        "acct-" + name,
                        "domainid",
                        domain,
                        "roleid",
                        role)
                .getAsJsonObject("account");
        String user = account.getAsJsonArray("user")
                .get(0)
                .getAsJsonObject()
                .get("id")
                .getAsString();
        JsonObject keys = run("root", "registerUserKeys", "id", user).getAsJsonObject("userkeys");
        callers.put(
                name,
                new ApiKeys(
                        keys.get("apikey").getAsString(), keys.get("secretkey").getAsString()));
        Map<String, String> own = new HashMap<>();
        own.put("Account", account.get("id").getAsString());
        own.put("User", user);
        objects.put(name, own);
        names.put(
                name,
                new ArrayList<>(
                        List.of("acct-" + name, "user-" + name, "first-" + name, "mail-" + name + "@example.org")));
    }

    private void makeThings(String owner, String offering) {
        Map<String, String> own = objects.get(owner);
        String vm = run(
                        owner,
                        "deployVirtualMachine",
                        "zoneid",
                        zone,
                        "serviceofferingid",
                        uuid(run(owner, "listServiceOfferings"), "serviceoffering"),
                        "templateid",
                        uuid(run(owner, "listTemplates", "templatefilter", "executable"), "template"),
                        "name",
                        "machine-" + owner,
                        "startvm",
                        "false")
                .getAsJsonObject("virtualmachine")
                .get("id")
                .getAsString();
        own.put("UserVm", vm);
        own.put("Volume", uuid(run(owner, "listVolumes", "virtualmachineid", vm), "volume"));
        run(owner, "assignVirtualMachineToBackupOffering", "virtualmachineid", vm, "backupofferingid", offering);
        run(
                owner,
                "createBackupSchedule",
                "virtualmachineid",
                vm,
                "intervaltype",
                "monthly",
                "schedule",
                "0:3:" + 28,
                "timezone",
                "UTC");
        own.put("BackupSchedule", uuid(run(owner, "listBackupSchedule", "virtualmachineid", vm), "backupschedule"));
        run(owner, "createBackup", "virtualmachineid", vm, "name", "copy-" + owner);
        own.put("Backup", uuid(run(owner, "listBackups"), "backup"));
        own.put("AsyncJob", jobs(owner));
        own.put(
                "Project",
                run(owner, "createProject", "name", "project-" + owner, "displaytext", "plan-" + owner)
                        .getAsJsonObject("project")
                        .get("id")
                        .getAsString());
        own.put("Event", uuid(run(owner, "listEvents"), "event"));
        names.get(owner).addAll(List.of("machine-" + owner, "copy-" + owner, "project-" + owner, "plan-" + owner));
    }

    private String jobs(String owner) {
        return run(owner, "listAsyncJobs")
                .getAsJsonArray("asyncjobs")
                .get(0)
                .getAsJsonObject()
                .get("jobid")
                .getAsString();
    }

    /** The caller as the server knows it. */
    Caller caller(String name) {
        return parts.apiPorts()
                .users()
                .findByApiKey(callers.get(name).apiKey())
                .orElseThrow()
                .caller();
    }

    /** Envelope and status of a signed call; {@code nobody} has keys that no one has. */
    SignedClient.Answer call(String caller, String command, Map<String, String> params) {
        return new SignedClient(api.port(), callers.getOrDefault(caller, new ApiKeys("nobody", "nobody")))
                .answer(command, params);
    }

    /** What is under the envelope's key, or the result of the job that it names. */
    JsonObject run(String caller, String command, String... more) {
        Map<String, String> params = new HashMap<>();
        for (int i = 0; i < more.length; i += 2) {
            params.put(more[i], more[i + 1]);
        }
        SignedClient.Answer answer = call(caller, command, params);
        assertThat(answer.status())
                .as("%s by %s: %s", command, caller, answer.body())
                .isEqualTo(200);
        JsonObject body = inner(answer.body());
        return body.has("jobid") && !command.startsWith("list")
                ? finished(caller, command, body.get("jobid").getAsString())
                : body;
    }

    /** The result of the job, whether it succeeded or not. */
    JsonObject outcome(String caller, String job) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> inner(call(caller, "queryAsyncJobResult", Map.of("jobid", job))
                                .body()),
                        found -> found.get("jobstatus").getAsInt() != 0);
    }

    private JsonObject finished(String caller, String command, String job) {
        JsonObject record = outcome(caller, job);
        assertThat(record.get("jobstatus").getAsInt())
                .as("%s by %s: %s", command, caller, record)
                .isEqualTo(1);
        return record.getAsJsonObject("jobresult");
    }

    static JsonObject inner(String body) {
        return JsonParser.parseString(body)
                .getAsJsonObject()
                .entrySet()
                .iterator()
                .next()
                .getValue()
                .getAsJsonObject();
    }

    static String uuid(JsonObject list, String name) {
        return list.getAsJsonArray(name).get(0).getAsJsonObject().get("id").getAsString();
    }

    @Override
    public void close() {
        api.close();
        parts.jobs().stopping();
        parts.work().close();
        parts.drivers().close();
        parts.dummy().close();
        database.close();
        data.close();
    }
}
