/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.config.Settings;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.kube.ApiServer;
import org.cloudstackbackup.clusterexport.kube.Discovery;
import org.cloudstackbackup.clusterexport.observe.EventLog;
import org.cloudstackbackup.clusterexport.observe.JsonText;
import org.cloudstackbackup.clusterexport.select.TypeChoice;
import org.cloudstackbackup.clusterexport.select.TypeSelection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what a run would export, and why it leaves something out; writes nothing anywhere. */
@Command(name = "plan", description = "Shows what a run would export, and why something is left out.")
final class PlanCommand implements Callable<Integer> {
    private final Supplier<Environment> environments;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    PlanCommand(Supplier<Environment> environments) {
        this.environments = environments;
    }

    @Override
    public Integer call() {
        Environment environment = environments.get();
        Settings settings = environment.settingsAndCluster();
        EventLog log = environment.log(settings, false);
        Retry retry = environment.retry(settings, log);
        try (ApiServer server = environment.server(settings)) {
            Discovery discovery = Discovery.ask(server, retry);
            TypeSelection selection =
                    new TypeSelection(settings.filters(), settings.content().secrets());
            List<TypeChoice> choices = selection.choose(discovery);
            List<String> unmatched = selection.unmatched(discovery);
            List<NamespaceChoice> namespaces = NamespaceChoice.of(server, retry, settings.filters());
            if (json) {
                environment.out().println(JsonText.of(json(discovery, choices, namespaces, unmatched)));
            } else {
                print(environment, discovery, choices, namespaces, unmatched);
            }
            return ExitCodes.COMPLETE;
        }
    }

    private static Map<String, Object> json(
            Discovery discovery, List<TypeChoice> choices, List<NamespaceChoice> namespaces, List<String> unmatched) {
        List<Object> types = new ArrayList<>();
        for (TypeChoice choice : choices) {
            types.add(JsonTree.ordered(
                    "type", choice.type().qualifiedName(),
                    "version", choice.type().apiVersion(),
                    "namespaced", choice.type().namespaced(),
                    "exported", choice.isExported(),
                    "reason", choice.reason()));
        }
        List<Object> spaces = new ArrayList<>();
        namespaces.forEach(space -> spaces.add(JsonTree.ordered(
                "namespace", space.name(), "exported", space.reason().isEmpty(), "reason", space.reason())));
        return JsonTree.ordered(
                "openshift",
                discovery.isOpenShift(),
                "types",
                types,
                "namespaces",
                spaces,
                "unmatched",
                unmatched,
                "broken",
                discovery.broken());
    }

    private static void print(
            Environment environment,
            Discovery discovery,
            List<TypeChoice> choices,
            List<NamespaceChoice> namespaces,
            List<String> unmatched) {
        Table types = new Table("TYPE", "VERSION", "SCOPE", "EXPORTED", "REASON");
        for (TypeChoice choice : choices) {
            types.row(
                    choice.type().qualifiedName(),
                    choice.type().apiVersion(),
                    choice.type().namespaced() ? "namespace" : "cluster",
                    choice.isExported() ? "yes" : "no",
                    choice.reason());
        }
        types.print(environment.out());
        environment.out().println();
        Table spaces = new Table("NAMESPACE", "EXPORTED", "REASON");
        namespaces.forEach(space -> spaces.row(space.name(), space.reason().isEmpty() ? "yes" : "no", space.reason()));
        spaces.print(environment.out());
        if (!unmatched.isEmpty()) {
            environment.out().println();
            Table names = new Table("UNMATCHED", "REASON");
            unmatched.forEach(name -> names.row(name, "the API server serves no such type"));
            names.print(environment.out());
        }
        if (!discovery.broken().isEmpty()) {
            environment.out().println();
            Table broken = new Table("BROKEN", "REASON");
            discovery.broken().forEach(broken::row);
            broken.print(environment.out());
        }
    }
}
