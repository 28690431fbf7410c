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
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.cloudstackbackup.clusterexport.bucket.Bucket;
import org.cloudstackbackup.clusterexport.catalog.Catalog;
import org.cloudstackbackup.clusterexport.catalog.Entry;
import org.cloudstackbackup.clusterexport.config.Settings;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.observe.JsonText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what changed between two runs. */
@Command(name = "diff", description = "Shows which objects were added, changed or removed between two runs.")
final class DiffCommand implements Callable<Integer> {
    private final Supplier<Environment> environments;

    @Parameters(index = "0", paramLabel = "FROM", description = "The earlier run.")
    private String from = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TO",
            description = "The later run; latest if not given.",
            defaultValue = "latest")
    private String to = "latest";

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    DiffCommand(Supplier<Environment> environments) {
        this.environments = environments;
    }

    @Override
    public Integer call() {
        Environment environment = environments.get();
        Settings settings = environment.settings();
        var retry = environment.retry(settings, environment.log(settings, false));
        try (Bucket bucket = environment.bucket(settings, retry)) {
            Catalog catalog = environment.catalog(settings, bucket);
            Map<String, Entry> before = catalog.manifest(catalog.run(from)).entries();
            Map<String, Entry> after = catalog.manifest(catalog.run(to)).entries();
            print(environment, changes(before, after));
            return ExitCodes.COMPLETE;
        }
    }

    private static Map<String, String> changes(Map<String, Entry> before, Map<String, Entry> after) {
        Map<String, String> changes = new TreeMap<>();
        before.keySet().stream().filter(key -> !after.containsKey(key)).forEach(key -> changes.put(key, "removed"));
        after.forEach((key, entry) -> {
            Entry old = before.get(key);
            if (old == null) {
                changes.put(key, "added");
            } else if (!old.hash().equals(entry.hash())) {
                changes.put(key, "changed");
            }
        });
        return changes;
    }

    private void print(Environment environment, Map<String, String> changes) {
        if (json) {
            List<Object> list = new ArrayList<>();
            changes.forEach((key, change) -> list.add(JsonTree.ordered("change", change, "key", key)));
            environment.out().println(JsonText.of(list));
            return;
        }
        Table table = new Table("CHANGE", "KEY");
        changes.forEach((key, change) -> table.row(change, key));
        table.print(environment.out());
    }
}
