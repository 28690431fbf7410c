/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.kube;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cloudstackbackup.clusterexport.observe.JsonText;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Looks a kubeconfig's text over before a client reads it. */
final class KubeConfigText {
    /** What would have a server read its own files for whoever gave the text. */
    private static final List<String> FILES =
            List.of("certificate-authority", "client-certificate", "client-key", "tokenFile");

    /** What would have it start programs. */
    private static final List<String> PROGRAMS = List.of("exec", "auth-provider");

    private KubeConfigText() {}

    /** The text as JSON, so that a client cannot read it otherwise than it was read here. */
    static String checked(String text, @Nullable String context) {
        Map<?, ?> root = root(text);
        refuseForeign(root, "clusters", "cluster");
        refuseForeign(root, "users", "user");
        String wanted = context == null ? text(root.get("current-context")) : context;
        if (wanted.isEmpty()) {
            throw KubeConfig.wrong("it has no current-context, and no context was named", null);
        }
        Map<?, ?> found = named(root, "contexts", "context", wanted);
        String cluster = text(found.get("cluster"));
        String server = text(named(root, "clusters", "cluster", cluster).get("server"));
        if (!server.matches("https?://[^\\s/@]+(/\\S*)?")) {
            throw KubeConfig.wrong(
                    "the server of cluster '" + cluster + "' is no http or https URL without user and password", null);
        }
        named(root, "users", "user", text(found.get("user")));
        return JsonText.of(root);
    }

    private static Map<?, ?> root(String text) {
        Object root;
        try {
            root = new Load(LoadSettings.builder()
                            // Lists and maps that are named once and used often make a small text a huge one.
                            .setMaxAliasesForCollections(0)
                            .build())
                    .loadFromString(text);
        } catch (MarkedYamlEngineException e) {
            String where = e.getProblemMark()
                    .map(mark -> " in line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                    .orElse("");
            throw KubeConfig.wrong("it is no YAML" + where, null);
        } catch (YamlEngineException e) {
            throw KubeConfig.wrong("it is no YAML", null);
        }
        if (root instanceof Map<?, ?> map && map.get("clusters") instanceof List) {
            return map;
        }
        throw KubeConfig.wrong("it is no kubeconfig: it has no list of clusters", null);
    }

    private static void refuseForeign(Map<?, ?> root, String list, String part) {
        for (Map<?, ?> item : items(root, list)) {
            Map<?, ?> body = map(item.get(part));
            for (String key : FILES) {
                if (!text(body.get(key)).isEmpty()) {
                    throw KubeConfig.wrong(
                            part + " '" + text(item.get("name")) + "' names a file in " + key
                                    + "; give the content instead, as kubectl config view --flatten --raw prints it",
                            null);
                }
            }
            for (String key : PROGRAMS) {
                if (body.get(key) != null) {
                    throw KubeConfig.wrong(
                            part + " '" + text(item.get("name")) + "' logs in by " + key
                                    + ", which starts a program; give a token or a client certificate",
                            null);
                }
            }
        }
    }

    private static Map<?, ?> named(Map<?, ?> root, String list, String part, String name) {
        List<String> known = new ArrayList<>();
        for (Map<?, ?> item : items(root, list)) {
            known.add(text(item.get("name")));
            if (text(item.get("name")).equals(name)) {
                return map(item.get(part));
            }
        }
        throw KubeConfig.wrong("it has no " + part + " '" + name + "', but " + String.join(", ", known), null);
    }

    private static List<Map<?, ?>> items(Map<?, ?> root, String list) {
        List<Map<?, ?>> items = new ArrayList<>();
        if (root.get(list) instanceof List<?> found) {
            found.forEach(item -> items.add(map(item)));
        }
        return items;
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
