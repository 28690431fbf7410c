/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.framework.config;

import com.cloud.utils.Pair;
import com.cloud.utils.Ternary;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;

/**
 * A setting. Reads go to the host's settings; before the host has bound them with {@link #readFrom}, and where the host
 * has no value, they give the default.
 *
 * <p>The constructors of CloudStack that this project does not call are left out, as is the binding of CloudStack's own
 * settings ({@code init}).
 */
public class ConfigKey<T> {
    public static final String CATEGORY_ADVANCED = "Advanced";
    public static final String CATEGORY_ALERT = "Alert";
    public static final String CATEGORY_NETWORK = "Network";
    public static final String CATEGORY_SYSTEM = "System";

    private static volatile BiFunction<ConfigKey<?>, Long, String> reader = (key, id) -> null;

    private final String category;
    private final Class<T> type;
    private final String name;
    private final String defaultValue;
    private final String description;
    private final boolean dynamic;
    private final List<Scope> scopes;
    private final T multiplier;
    private final String displayText;
    private final String parent;
    private final Ternary<String, String, Long> group;
    private final Pair<String, Long> subGroup;
    private final Kind kind;
    private final String options;

    /** Where a setting can have a value of its own; a missing one is taken from the parent. */
    public enum Scope {
        Global(null),
        Zone(Global),
        Cluster(Zone),
        StoragePool(Cluster),
        ManagementServer(Global),
        ImageStore(Zone),
        Domain(Global),
        Account(Domain);

        private final Scope parent;

        Scope(Scope parent) {
            this.parent = parent;
        }

        /** The scope above, or null for {@link #Global}. */
        public Scope getParent() {
            return parent;
        }

        /** True when {@code other} is above this scope. */
        public boolean isDescendantOf(Scope other) {
            for (Scope scope = parent; scope != null; scope = scope.parent) {
                if (scope == other) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Form of a text value. */
    public enum Kind {
        CSV,
        Order,
        Select,
        WhitespaceSeparatedListWithOptions
    }

    public ConfigKey(
            String category, Class<T> type, String name, String defaultValue, String description, boolean isDynamic) {
        this(category, type, name, defaultValue, description, isDynamic, Scope.Global);
    }

    public ConfigKey(
            String category,
            Class<T> type,
            String name,
            String defaultValue,
            String description,
            boolean isDynamic,
            Scope scope) {
        this(category, type, name, defaultValue, description, isDynamic, List.of(scope));
    }

    public ConfigKey(
            String category,
            Class<T> type,
            String name,
            String defaultValue,
            String description,
            boolean isDynamic,
            List<Scope> scopes) {
        this(
                type,
                name,
                category,
                defaultValue,
                description,
                isDynamic,
                scopes,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    public ConfigKey(
            String category,
            Class<T> type,
            String name,
            String defaultValue,
            String description,
            boolean isDynamic,
            Kind kind,
            String options) {
        this(
                type,
                name,
                category,
                defaultValue,
                description,
                isDynamic,
                List.of(Scope.Global),
                null,
                null,
                null,
                null,
                null,
                kind,
                options);
    }

    public ConfigKey(
            Class<T> type,
            String name,
            String category,
            String defaultValue,
            String description,
            boolean isDynamic,
            Scope scope,
            T multiplier,
            String displayText,
            String parent,
            Ternary<String, String, Long> group,
            Pair<String, Long> subGroup,
            Kind kind,
            String options) {
        this(
                type,
                name,
                category,
                defaultValue,
                description,
                isDynamic,
                List.of(scope),
                multiplier,
                displayText,
                parent,
                group,
                subGroup,
                kind,
                options);
    }

    public ConfigKey(
            Class<T> type,
            String name,
            String category,
            String defaultValue,
            String description,
            boolean isDynamic,
            List<Scope> scopes,
            T multiplier,
            String displayText,
            String parent,
            Ternary<String, String, Long> group,
            Pair<String, Long> subGroup,
            Kind kind,
            String options) {
        this.type = type;
        this.name = name;
        this.category = category;
        this.defaultValue = defaultValue;
        this.description = description;
        this.dynamic = isDynamic;
        this.scopes = List.copyOf(scopes);
        this.multiplier = multiplier;
        this.displayText = displayText;
        this.parent = parent;
        this.group = group;
        this.subGroup = subGroup;
        this.kind = kind;
        this.options = options;
    }

    /**
     * Binds all settings to their host. Package-private since CloudStack has no such member; the server reaches it by
     * reflection, once, at start.
     *
     * @param values the text of a setting for the id in its primary scope (null for the global value); null for none
     */
    static void readFrom(BiFunction<ConfigKey<?>, Long, String> values) {
        reader = Objects.requireNonNull(values, "values is null");
    }

    public String category() {
        return category;
    }

    public Class<T> type() {
        return type;
    }

    public final String key() {
        return name;
    }

    /** The default as text; may be null. */
    public String defaultValue() {
        return defaultValue;
    }

    public String description() {
        return description;
    }

    public String displayText() {
        return displayText;
    }

    public boolean isDynamic() {
        return dynamic;
    }

    public List<Scope> getScopes() {
        return scopes;
    }

    public boolean isGlobalOrEmptyScope() {
        return scopes.isEmpty() || scopes.equals(List.of(Scope.Global));
    }

    public T multiplier() {
        return multiplier;
    }

    public final String parent() {
        return parent;
    }

    public Ternary<String, String, Long> group() {
        return group;
    }

    public Pair<String, Long> subGroup() {
        return subGroup;
    }

    public final Kind kind() {
        return kind;
    }

    public final String options() {
        return options;
    }

    /** The global value. */
    public T value() {
        return read(null);
    }

    /** The value for the id in the key's scope; the global value for null or where the id has none of its own. */
    public T valueIn(Long id) {
        String text = id == null ? null : reader.apply(this, id);
        return text == null ? value() : valueOf(text);
    }

    /** True for a key of the same name. */
    public boolean isSameKeyAs(Object other) {
        return equals(other);
    }

    /**
     * The text in the key's type, null for null.
     *
     * @throws IllegalArgumentException when the text is not of the key's type
     */
    protected T valueOf(String text) {
        return text == null ? null : type.cast(convert(text.trim(), text));
    }

    private T read(Long id) {
        String text = reader.apply(this, id);
        return valueOf(text == null ? defaultValue : text);
    }

    private Object convert(String trimmed, String text) {
        try {
            if (type == Boolean.class) {
                return Boolean.valueOf(trimmed);
            } else if (type == Integer.class) {
                return Integer.valueOf(trimmed);
            } else if (type == Long.class) {
                return Long.valueOf(trimmed);
            } else if (type == Short.class) {
                return Short.valueOf(trimmed);
            } else if (type == Float.class) {
                return Float.valueOf(trimmed);
            } else if (type == Double.class) {
                return Double.valueOf(trimmed);
            } else if (type == Character.class && text.length() == 1) {
                return text.charAt(0);
            } else if (type == String.class) {
                return text;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Setting " + name + " is not of type " + type.getSimpleName(), e);
        }
        throw new IllegalArgumentException("Setting " + name + " cannot be read as type " + type.getSimpleName());
    }

    /** Keys are equal when their names are. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ConfigKey<?> key && key.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
