/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server;

import static java.util.Objects.requireNonNull;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseAsyncCmd;

/** Pages of docs/reference, drawn from what the running server says of itself and from its classes. */
final class ReferencePages {
    private static final Gson GSON = new Gson();
    private static final Map<String, String> AREAS = new TreeMap<>(Map.ofEntries(
            Map.entry("alert", "Alerts"),
            Map.entry("api", "The API itself"),
            Map.entry("backup", "Backups, offerings and restores"),
            Map.entry("capacity", "Capacity"),
            Map.entry("cluster", "Clusters"),
            Map.entry("clusterexport", "Exports of clusters"),
            Map.entry("event", "Events"),
            Map.entry("identity", "Domains, accounts, users and projects"),
            Map.entry("inventory", "Zones, offerings, VMs and volumes"),
            Map.entry("job", "Jobs"),
            Map.entry("limit", "Limits"),
            Map.entry("node", "Servers"),
            Map.entry("project", "Projects"),
            Map.entry("pxbackup", "PX-Backup"),
            Map.entry("schedule", "Schedules"),
            Map.entry("setting", "Settings"),
            Map.entry("sync", "Synchronisation"),
            Map.entry("throttling", "Limits of requests"),
            Map.entry("usage", "Usage")));

    private ReferencePages() {}

    /** @param listApis the answer of {@code listApis} for a root admin */
    static String commands(String listApis, JavaClasses classes) {
        Map<String, Class<?>> types = commandClasses(classes);
        Map<String, List<Described>> byArea = new TreeMap<>();
        List<String> meaningless = new ArrayList<>();
        for (JsonElement each : objects(listApis, "listapisresponse", "api")) {
            JsonObject api = each.getAsJsonObject();
            String name = text(api, "name");
            Class<?> type = requireNonNull(types.get(name), name);
            if (hasNoMeaningHere(type)) {
                meaningless.add(name);
            } else {
                byArea.computeIfAbsent(area(type), area -> new ArrayList<>()).add(new Described(api, type));
            }
        }
        StringBuilder page = begin("commands", "Commands");
        page.append("What a root admin's ``listApis`` answers, and who may call it.\n")
                .append("Names of parameters may be written in any case; ``*`` marks those that must be given.\n");
        byArea.forEach((area, apis) -> {
            title(page, area, '-');
            apis.forEach(api -> command(page, api));
        });
        if (!meaningless.isEmpty()) {
            title(page, "Without a meaning here", '-');
            page.append(
                    "Clients ask for these, and nothing of the kind exists on this server: an empty list, or a refusal in words.\n\n");
            page.append(meaningless.stream()
                            .sorted()
                            .map(name -> "``" + name + "``")
                            .collect(Collectors.joining(", ")))
                    .append('\n');
        }
        return page.toString();
    }

    /** @param listConfigurations the answer of {@code listConfigurations} for a root admin, all pages in one */
    static String settings(String listConfigurations) {
        StringBuilder page = begin("settings", "Settings");
        page.append(
                        "What ``listConfigurations`` answers. ``updateConfiguration`` sets a value: everywhere, or for one zone where the scope is Zone.\n")
                .append("A change takes effect within two seconds on every server that shares the database.\n\n");
        List<List<String>> rows = new ArrayList<>();
        for (JsonElement each : objects(listConfigurations, "listconfigurationsresponse", "configuration")) {
            JsonObject setting = each.getAsJsonObject();
            String initial = setting.has("defaultvalue") ? text(setting, "defaultvalue") : "";
            rows.add(List.of(
                    "``" + text(setting, "name") + "``",
                    text(setting, "type"),
                    initial.isEmpty() ? "" : "``" + initial + "``",
                    setting.has("scope") ? text(setting, "scope") : "global",
                    sentence(text(setting, "description"))));
        }
        table(page, "30 10 15 10 35", List.of("Name", "Type", "Default", "Scope", "Meaning"), rows);
        return page.toString();
    }

    static String events(Map<String, String> descriptions) {
        StringBuilder page = begin("events", "Events");
        page.append("Types of what ``listEvents`` answers.\n")
                .append(
                        "Long work has events in the states ``Scheduled``, ``Started`` and ``Completed``; one that failed is ``Completed`` with the level ``ERROR``, and its description tells the cause.\n\n");
        List<List<String>> rows = new ArrayList<>();
        descriptions.forEach((type, meaning) -> rows.add(List.of("``" + type + "``", sentence(meaning))));
        table(page, "40 60", List.of("Type", "When"), rows);
        return page.toString();
    }

    /** @param types number, name and meaning of each */
    static String alerts(List<List<String>> types) {
        StringBuilder page = begin("alerts", "Alerts");
        page.append("Types of what ``listAlerts`` answers. One alert stands per cause, however often it is met.\n\n");
        table(page, "10 35 55", List.of("Type", "Name", "When"), types);
        return page.toString();
    }

    /** A command in {@code listApis} and its class. */
    private record Described(JsonObject api, Class<?> type) {}

    private static boolean hasNoMeaningHere(Class<?> type) {
        String parent = type.getSuperclass().getSimpleName();
        return parent.equals("EmptyListCommand") || parent.equals("RefusedCommand");
    }

    private static void command(StringBuilder page, Described command) {
        JsonObject api = command.api();
        Class<?> type = command.type();
        String name = text(api, "name");
        page.append("\n.. _command-").append(name.toLowerCase(Locale.ROOT)).append(":\n");
        title(page, name, '~');
        page.append(sentence(text(api, "description"))).append("\n\n");
        page.append(roles(annotation(type)));
        page.append(BaseAsyncCmd.class.isAssignableFrom(type) ? " It runs as a job." : "")
                .append('\n');
        List<List<String>> rows = new ArrayList<>();
        for (JsonElement each : api.getAsJsonArray("params")) {
            JsonObject parameter = each.getAsJsonObject();
            boolean required = parameter.get("required").getAsBoolean();
            rows.add(List.of(
                    "``" + text(parameter, "name") + "``" + (required ? " \\*" : ""),
                    text(parameter, "type"),
                    sentence(text(parameter, "description"))));
        }
        if (!rows.isEmpty()) {
            page.append('\n');
            table(page, "30 15 55", List.of("Parameter", "Type", "Meaning"), rows);
        }
        JsonArray fields = api.getAsJsonArray("response");
        if (!fields.isEmpty()) {
            StringJoiner names = new StringJoiner(", ", "\nAnswers with: ", ".\n");
            fields.forEach(field -> names.add("``" + text(field.getAsJsonObject(), "name") + "``"));
            page.append(names);
        }
    }

    private static APICommand annotation(Class<?> type) {
        return requireNonNull(type.getAnnotation(APICommand.class), type.getName());
    }

    private static String roles(APICommand command) {
        if (command.authorized().length == 0) {
            return "Root admins.";
        }
        if (command.authorized().length == RoleType.values().length - 1) {
            return "All roles.";
        }
        return "Roles: "
                + Arrays.stream(command.authorized())
                        .sorted()
                        .map(RoleType::name)
                        .collect(Collectors.joining(", "))
                + ".";
    }

    private static Map<String, Class<?>> commandClasses(JavaClasses classes) {
        Map<String, Class<?>> found = new TreeMap<>();
        for (JavaClass each : classes) {
            if (each.isAnnotatedWith(APICommand.class)) {
                Class<?> type = each.reflect();
                found.put(annotation(type).name(), type);
            }
        }
        return found;
    }

    private static String area(Class<?> type) {
        // A driver's commands lie in its package "command".
        String packageName = type.getPackageName().replaceFirst("\\.command$", "");
        String last = packageName.substring(packageName.lastIndexOf('.') + 1);
        String area = AREAS.get(last);
        if (area == null) {
            throw new IllegalStateException(
                    "No title for the commands of " + packageName + "; add one to " + ReferencePages.class);
        }
        return area;
    }

    private static List<JsonElement> objects(String answer, String envelope, String name) {
        List<JsonElement> found = new ArrayList<>();
        GSON.fromJson(answer, JsonObject.class)
                .getAsJsonObject(envelope)
                .getAsJsonArray(name)
                .forEach(found::add);
        found.sort(Comparator.comparing(each -> text(each.getAsJsonObject(), "name")));
        return found;
    }

    private static String text(JsonObject object, String name) {
        return object.has(name) ? object.get(name).getAsString() : "";
    }

    /** Upper case at the start, one full stop at the end, nothing that RST would read as markup. */
    private static String sentence(String text) {
        String safe = text.replace("\\", "\\\\")
                .replace("*", "\\*")
                .replace("|", "\\|")
                .replace("`", "\\`")
                .replaceAll("(\\w)_(?=\\W|$)", "$1\\\\_")
                .strip();
        if (safe.isEmpty()) {
            return "\\ ";
        }
        String capital = Character.toUpperCase(safe.charAt(0)) + safe.substring(1);
        return capital.endsWith(".") || capital.endsWith("?") ? capital : capital + ".";
    }

    private static StringBuilder begin(String label, String title) {
        StringBuilder page = new StringBuilder();
        page.append(".. Generated from the code by ReferencePagesTest; see docs/reference/index.rst. Do not edit.\n\n");
        page.append(".. _reference-").append(label).append(":\n");
        title(page, title, '=');
        return page;
    }

    private static void title(StringBuilder page, String title, char line) {
        page.append('\n')
                .append(title)
                .append('\n')
                .append(String.valueOf(line).repeat(title.length()))
                .append("\n\n");
    }

    private static void table(StringBuilder page, String widths, List<String> heads, List<List<String>> rows) {
        page.append(".. list-table::\n   :header-rows: 1\n   :widths: ")
                .append(widths)
                .append("\n\n");
        row(page, heads);
        rows.forEach(row -> row(page, row));
    }

    private static void row(StringBuilder page, List<String> cells) {
        String lead = "   * - ";
        for (String cell : cells) {
            page.append((lead + cell).stripTrailing()).append('\n');
            lead = "     - ";
        }
    }
}
