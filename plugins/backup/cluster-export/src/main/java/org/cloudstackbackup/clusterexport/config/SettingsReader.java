/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cloudstackbackup.clusterexport.config.ContentSettings.SecretsPolicy;
import org.cloudstackbackup.clusterexport.config.Filters.FilteringMode;
import org.cloudstackbackup.clusterexport.config.Filters.OpenShiftMode;
import org.cloudstackbackup.clusterexport.observe.Level;

/** Reads all settings at once, and reports every wrong one by name. */
public final class SettingsReader {
    private static final int KEY_BYTES = 32;
    /** Unless it is said. */
    private static final Duration LONGEST_REQUEST = Duration.ofMinutes(2);

    private static final String RESOURCE = "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9.]*[a-z0-9])?)?";

    private final Given given;

    private SettingsReader(Given given) {
        this.given = given;
    }

    /**
     * The settings of an environment and of a ConfigMap's data; the environment wins.
     *
     * @throws InvalidConfiguration with all problems, also with keys of the ConfigMap that are no settings
     */
    public static Settings read(Map<String, String> environment, Map<String, String> configMap) {
        Given given = new Given(environment, configMap);
        Settings settings = new SettingsReader(given).settings();
        given.check();
        return settings;
    }

    /**
     * The settings of an environment whose ConfigMap cannot be read, to tell what else is wrong: what is missing may be in the ConfigMap.
     *
     * @throws InvalidConfiguration with all problems that do not depend on the ConfigMap
     */
    public static Settings readAlone(Map<String, String> environment) {
        Given given = Given.ofEnvironmentAlone(environment);
        Settings settings = new SettingsReader(given).settings();
        given.check();
        return settings;
    }

    private Settings settings() {
        ConfigSource.SETTINGS.forEach(given::environmentOnly);
        String name = given.required("CLUSTER_NAME");
        // The name is a segment of keys and is read back by other programs, so it is kept to what a path bears.
        if (!name.isEmpty() && (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}") || name.contains(".."))) {
            given.problem(
                    "CLUSTER_NAME", "is '" + name + "', but it is letters, digits, '.', '_' and '-', at most 100");
        }
        String domain = given.text("CLUSTER_DOMAIN").map(String::strip).orElse("cluster.local");
        String acceptedUid = given.value("ACCEPT_CLUSTER_UID", "", text -> {
            if (!text.matches("[A-Za-z0-9-]{0,100}")) {
                throw new IllegalArgumentException("it is letters, digits and '-', as a run that is refused names it");
            }
            return text;
        });
        return new Settings(name, domain, acceptedUid, store(), filters(), content(), pace(), retention(), service());
    }

    private StoreSettings store() {
        boolean tls = given.flag("MINIO_USE_SSL", true);
        return new StoreSettings(
                endpoint(tls),
                given.required("MINIO_ACCESS_KEY"),
                given.required("MINIO_SECRET_KEY"),
                given.value("MINIO_BUCKET", "cluster-backups", text -> {
                    if (!text.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
                        throw new IllegalArgumentException("it is 3 to 63 small letters, digits, '.' and '-'");
                    }
                    return text;
                }),
                given.value("MINIO_REGION", "us-east-1", text -> {
                    if (!text.matches("[A-Za-z0-9-]{1,63}")) {
                        throw new IllegalArgumentException("it is letters, digits and '-'");
                    }
                    return text;
                }),
                given.value("MINIO_CA_FILE", "", text -> {
                    if (!text.isEmpty()) {
                        CertificateFile.read(Path.of(text));
                    }
                    return text;
                }),
                given.flag("AUTO_CREATE_BUCKET", false));
    }

    private URI endpoint(boolean tls) {
        String text = given.required("MINIO_ENDPOINT");
        String scheme = tls ? "https" : "http";
        if (text.isEmpty()) {
            return URI.create(scheme + "://missing");
        }
        String host = text.startsWith(scheme + "://") ? text.substring(scheme.length() + 3) : text;
        if (!host.matches("(\\[[0-9a-fA-F:]+]|[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?)(:\\d{1,5})?/?")) {
            given.problem(
                    "MINIO_ENDPOINT",
                    "is '" + text
                            + "', but it is a host, perhaps with :port; MINIO_USE_SSL chooses between http and https");
            return URI.create(scheme + "://wrong");
        }
        return URI.create(scheme + "://" + host.replaceFirst("/$", ""));
    }

    private Filters filters() {
        FilteringMode mode = given.choice("FILTERING_MODE", FilteringMode.BLACKLIST, FilteringMode.class);
        List<String> include = types("INCLUDE_RESOURCES", Filters.DEFAULT_INCLUDE);
        if (mode == FilteringMode.WHITELIST && include.isEmpty()) {
            given.problem("INCLUDE_RESOURCES", "is empty, but FILTERING_MODE whitelist exports only what it lists");
        }
        return new Filters(
                mode,
                include,
                types("EXCLUDE_RESOURCES", Filters.DEFAULT_EXCLUDE),
                given.list("INCLUDE_NAMESPACES", List.of(), NamePattern::parse),
                given.list(
                        "EXCLUDE_NAMESPACES",
                        Filters.DEFAULT_EXCLUDED_NAMESPACES.stream()
                                .map(NamePattern::parse)
                                .toList(),
                        NamePattern::parse),
                given.list("INCLUDE_CRDS", Filters.DEFAULT_CRDS, text -> {
                    if (!text.contains(".")) {
                        throw new IllegalArgumentException("'" + text + "' is not plural.group");
                    }
                    return type(text);
                }),
                given.value("LABEL_SELECTOR", Selector.ofLabels(""), Selector::ofLabels),
                given.value("ANNOTATION_SELECTOR", Selector.ofAnnotations(""), Selector::ofAnnotations),
                given.choice("OPENSHIFT_MODE", OpenShiftMode.AUTO_DETECT, OpenShiftMode.class),
                given.flag("INCLUDE_OPENSHIFT_RESOURCES", true),
                given.flag("FOLLOW_OWNER_REFERENCES", false));
    }

    private List<String> types(String name, List<String> defaults) {
        return given.list(name, defaults, SettingsReader::type);
    }

    private static String type(String text) {
        String type = text.toLowerCase(Locale.ROOT);
        if (!type.matches(RESOURCE)) {
            throw new IllegalArgumentException("'" + text + "' is no plural name, and no plural.group");
        }
        return type;
    }

    private ContentSettings content() {
        SecretsPolicy secrets = given.choice("SECRETS_POLICY", SecretsPolicy.INCLUDE, SecretsPolicy.class);
        ContentSettings.Key key = key();
        if (secrets == SecretsPolicy.ENCRYPT && key.bytes().isEmpty()) {
            given.missing("SECRETS_KEY", "is required when SECRETS_POLICY is encrypt: 32 bytes in Base64");
        }
        return new ContentSettings(
                given.flag("INCLUDE_MANAGED_FIELDS", false),
                given.flag("INCLUDE_STATUS", false),
                given.value(
                        "MAX_RESOURCE_SIZE",
                        Long.MAX_VALUE,
                        text -> text.isEmpty()
                                ? Long.MAX_VALUE
                                : ByteSize.parse(text).bytes()),
                given.flag("VALIDATE_YAML", true),
                given.flag("SKIP_INVALID_RESOURCES", true),
                secrets,
                key);
    }

    private ContentSettings.Key key() {
        return given.value("SECRETS_KEY", new ContentSettings.Key(new byte[0]), text -> {
            byte[] bytes;
            try {
                bytes = Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("it is no Base64 text", e);
            }
            if (bytes.length != 0 && bytes.length != KEY_BYTES) {
                throw new IllegalArgumentException(
                        "it is " + bytes.length + " bytes long, but AES-256 takes " + KEY_BYTES);
            }
            return new ContentSettings.Key(bytes);
        });
    }

    private PaceSettings pace() {
        Duration expiry =
                given.duration("LOCK_EXPIRY", Duration.ofMinutes(2), Duration.ofSeconds(1), Duration.ofHours(1));
        return new PaceSettings(
                given.number("BATCH_SIZE", 500, 1, 5000),
                given.number("RETRY_ATTEMPTS", 3, 0, 10),
                given.duration("RETRY_DELAY", Duration.ofSeconds(5), Duration.ofMillis(1), Duration.ofMinutes(5)),
                given.number("LIST_CONCURRENCY", 2, 1, 32),
                given.number("UPLOAD_CONCURRENCY", 32, 1, 256),
                requestTimeout(expiry),
                expiry);
    }

    /** A write that was sent under the lock must not be on its way any more once another run may take it. */
    private Duration requestTimeout(Duration lockExpiry) {
        Duration usual = LONGEST_REQUEST.compareTo(lockExpiry) < 0 ? LONGEST_REQUEST : lockExpiry;
        Duration timeout = given.duration("REQUEST_TIMEOUT", usual, Duration.ofMillis(100), Duration.ofMinutes(30));
        if (timeout.compareTo(lockExpiry) > 0) {
            given.problem(
                    "REQUEST_TIMEOUT",
                    "is " + Given.plain(timeout) + ", longer than LOCK_EXPIRY (lock-expiry), which is "
                            + Given.plain(lockExpiry)
                            + ": a write could come after another run took the lock; shorten the one, or lengthen the other");
        }
        return timeout;
    }

    private RetentionSettings retention() {
        return new RetentionSettings(
                given.flag("ENABLE_CLEANUP", true),
                Duration.ofDays(given.number("RETENTION_DAYS", 7, 1, 3650)),
                given.number("RETENTION_RUNS", 1, 1, 10_000),
                given.flag("CLEANUP_ON_STARTUP", false));
    }

    private static String validUri(String text) {
        try {
            return new URI(text).toString();
        } catch (URISyntaxException e) {
            // The reason alone: the text may hold a password.
            throw new IllegalArgumentException("it is no URL: " + e.getReason(), e);
        }
    }

    private ServiceSettings service() {
        return new ServiceSettings(
                given.choice("LOG_LEVEL", Level.INFO, Level.class),
                given.number("METRICS_PORT", 8080, 0, 65535),
                given.value("SCHEDULE", "", text -> {
                    if (!text.isEmpty()) {
                        CronExpression.parse(text);
                    }
                    return text;
                }),
                given.value("PUSHGATEWAY_URL", "", text -> {
                    if (!text.isEmpty() && !text.matches("https?://[^\\s/?#]+(/[^\\s?#]*)?")) {
                        throw new IllegalArgumentException("it is a URL of http or https");
                    }
                    return validUri(text);
                }));
    }
}
