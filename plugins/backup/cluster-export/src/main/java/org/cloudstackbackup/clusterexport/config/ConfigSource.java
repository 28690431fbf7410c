/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Where the ConfigMap's data comes from: a file or folder ({@code CONFIG_FILE}), else the ConfigMap {@code CONFIG_MAP} of the namespace {@code
 * POD_NAMESPACE}, else nowhere. A source that is named but cannot be read is an error, never an empty configuration.
 */
public final class ConfigSource {
    /** Settings that say where settings are; they come from the environment. */
    static final List<String> SETTINGS =
            List.of("CONFIG_FILE", "CONFIG_MAP", "POD_NAMESPACE", "KUBECONFIG", "KUBE_CONTEXT");

    private static final String DEFAULT_MAP = "backup-config";
    private static final String NONE = "none";

    private ConfigSource() {}

    /**
     * The data of the ConfigMap.
     *
     * @param fetch reads a ConfigMap's data from the cluster, by namespace and name; called only where it is needed
     * @throws InvalidConfiguration when the source cannot be read
     */
    public static Map<String, String> read(
            Map<String, String> environment, BiFunction<String, String, Map<String, String>> fetch) {
        Optional<String> file = given(environment, "CONFIG_FILE");
        if (file.isPresent()) {
            Map<String, String> data = ofPath(Path.of(file.get()));
            if (data.isEmpty()) {
                throw wrong(
                        "CONFIG_FILE (config-file): '" + file.get() + "' holds no setting; leave it out to do without");
            }
            return data;
        }
        Optional<String> map = given(environment, "CONFIG_MAP");
        Optional<String> namespace = given(environment, "POD_NAMESPACE");
        if (map.equals(Optional.of(NONE)) || (map.isEmpty() && namespace.isEmpty())) {
            return Map.of();
        }
        if (namespace.isEmpty()) {
            throw wrong("POD_NAMESPACE (pod-namespace) is required to find the ConfigMap '" + map.get() + "'");
        }
        Map<String, String> data;
        try {
            data = fetch.apply(namespace.get(), map.orElse(DEFAULT_MAP));
        } catch (RuntimeException e) {
            InvalidConfiguration failure = wrong("CONFIG_MAP (config-map): the ConfigMap '" + map.orElse(DEFAULT_MAP)
                    + "' of namespace '" + namespace.get() + "' cannot be read: " + e.getMessage()
                    + "; CONFIG_MAP=none does without");
            failure.initCause(e);
            throw failure;
        }
        if (data.isEmpty()) {
            throw wrong("CONFIG_MAP (config-map): the ConfigMap '" + map.orElse(DEFAULT_MAP) + "' of namespace '"
                    + namespace.get() + "' holds no setting; CONFIG_MAP=none does without");
        }
        return data;
    }

    /** Whether the data is read from the cluster. */
    public static boolean isInCluster(Map<String, String> environment) {
        boolean file = given(environment, "CONFIG_FILE").isPresent();
        boolean none = given(environment, "CONFIG_MAP").equals(Optional.of(NONE));
        return !file && !none && given(environment, "POD_NAMESPACE").isPresent();
    }

    private static Optional<String> given(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, environment.getOrDefault(Given.kebab(name), ""));
        return Optional.of(value.strip()).filter(text -> !text.isEmpty());
    }

    private static Map<String, String> ofPath(Path path) {
        try {
            return Files.isDirectory(path) ? ofFolder(path) : ofFile(path);
        } catch (IOException | YamlEngineException e) {
            InvalidConfiguration failure = wrong("CONFIG_FILE (config-file): '" + path + "' cannot be read: " + e);
            failure.initCause(e);
            throw failure;
        }
    }

    /** A mounted ConfigMap: one file for each key; what begins with a dot is the mount's own. */
    private static Map<String, String> ofFolder(Path folder) throws IOException {
        Map<String, String> data = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (!name.startsWith(".") && Files.isRegularFile(file)) {
                    data.put(name, Files.readString(file));
                }
            }
        }
        return data;
    }

    private static Map<String, String> ofFile(Path file) throws IOException {
        Object root = new Load(LoadSettings.builder().setLabel(file.toString()).build())
                .loadFromString(Files.readString(file));
        if (root instanceof Map<?, ?> map) {
            Object data = "ConfigMap".equals(map.get("kind")) ? map.get("data") : map;
            if (data == null) {
                return Map.of();
            }
            if (data instanceof Map<?, ?> entries) {
                Map<String, String> texts = new LinkedHashMap<>();
                entries.forEach((key, value) -> texts.put(String.valueOf(key), value == null ? "" : text(value)));
                return texts;
            }
        }
        throw wrong("CONFIG_FILE (config-file): '" + file + "' is neither a ConfigMap nor a list of keys and values");
    }

    private static String text(Object value) {
        return value instanceof List<?> list
                ? String.join("\n", list.stream().map(String::valueOf).toList())
                : value.toString();
    }

    private static InvalidConfiguration wrong(String problem) {
        return new InvalidConfiguration(List.of(problem));
    }
}
