/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.clusterexport;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.cloudstackbackup.framework.cluster.BackupCluster;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.spi.SettingDefinition.Scope;
import org.cloudstackbackup.spi.SettingDefinition.Type;

/** Where clusters of a zone are exported to, and what of them: the program's settings under the names that settings have here. */
public final class ExportSettings {
    /** Each holds a worker thread and memory from its begin to its end. */
    public static final int MOST_AT_A_TIME = 4;

    static final SettingDefinition CONCURRENCY = new SettingDefinition(
            "cluster.export.concurrency",
            Type.SELECT,
            "1",
            "Number of exports and restores of clusters that one server does at a time, 1 to 4, the others wait",
            Scope.GLOBAL,
            true,
            IntStream.rangeClosed(1, MOST_AT_A_TIME).mapToObj(String::valueOf).toList());

    /** The program's name of each setting. */
    private static final Map<String, SettingDefinition> BY_VARIABLE = new LinkedHashMap<>();

    static {
        zone("MINIO_ENDPOINT", "endpoint", Type.STRING, "", "Host of the S3 server, perhaps with :port");
        zone("MINIO_USE_SSL", "use.ssl", Type.BOOLEAN, "true", "Whether the S3 server is spoken to by https");
        zone("MINIO_ACCESS_KEY", "access.key", Type.SECRET, "", "Access key for the S3 server");
        zone("MINIO_SECRET_KEY", "secret.key", Type.SECRET, "", "Secret key for the S3 server");
        zone("MINIO_BUCKET", "bucket", Type.STRING, "cluster-backups", "Bucket that clusters are exported to");
        zone(
                "MINIO_REGION",
                "region",
                Type.STRING,
                "us-east-1",
                "Region that requests to the S3 server are signed for");
        zone(
                "MINIO_CA_FILE",
                "ca.file",
                Type.STRING,
                "",
                "File on each server with the certificates that the S3 server's is trusted by; empty for Java's own");
        zone("AUTO_CREATE_BUCKET", "create.bucket", Type.BOOLEAN, "false", "Whether a missing bucket is created");
        choice(
                "FILTERING_MODE",
                "filtering.mode",
                "blacklist",
                "How types are chosen: whitelist takes what is included, blacklist what is not excluded, hybrid both",
                "whitelist",
                "blacklist",
                "hybrid");
        zone(
                "INCLUDE_RESOURCES",
                "include.resources",
                Type.STRING,
                "pods,services,deployments,replicasets,configmaps,secrets,persistentvolumes,persistentvolumeclaims,"
                        + "serviceaccounts,roles,rolebindings,clusterroles,clusterrolebindings,ingresses,networkpolicies,"
                        + "jobs,cronjobs,daemonsets,statefulsets",
                "Types that whitelist and hybrid export: plural or plural.group, separated by commas");
        zone(
                "EXCLUDE_RESOURCES",
                "exclude.resources",
                Type.STRING,
                "events,nodes,endpoints,replicationcontrollers",
                "Types that blacklist and hybrid leave out");
        zone(
                "INCLUDE_NAMESPACES",
                "include.namespaces",
                Type.STRING,
                "",
                "Namespaces to export, with * and ?, separated by commas; empty for all that are not excluded");
        zone(
                "EXCLUDE_NAMESPACES",
                "exclude.namespaces",
                Type.STRING,
                "kube-system,kube-public,kube-node-lease,openshift-*",
                "Namespaces to leave out, with * and ?");
        zone(
                "INCLUDE_CRDS",
                "include.crds",
                Type.STRING,
                "workflows.argoproj.io,workflowtemplates.argoproj.io,routes.route.openshift.io,"
                        + "buildconfigs.build.openshift.io,imagestreams.image.openshift.io,"
                        + "deploymentconfigs.apps.openshift.io",
                "Custom types that are exported also when whitelist or hybrid do not include them: plural.group");
        zone("LABEL_SELECTOR", "label.selector", Type.STRING, "", "Only objects with labels that this selector takes");
        zone(
                "ANNOTATION_SELECTOR",
                "annotation.selector",
                Type.STRING,
                "",
                "Only objects with annotations that this selector takes");
        choice(
                "OPENSHIFT_MODE",
                "openshift.mode",
                "auto-detect",
                "Whether the cluster is OpenShift; disabled leaves its types out",
                "auto-detect",
                "enabled",
                "disabled");
        zone(
                "INCLUDE_OPENSHIFT_RESOURCES",
                "include.openshift",
                Type.BOOLEAN,
                "true",
                "Whether OpenShift's own types are exported");
        zone(
                "FOLLOW_OWNER_REFERENCES",
                "follow.owners",
                Type.BOOLEAN,
                "false",
                "Whether objects that a controller made, such as pods of a deployment, are exported");
        choice(
                "SECRETS_POLICY",
                "secrets.policy",
                "include",
                "What happens with Secrets: they are included, excluded, exported without values, or encrypted",
                "include",
                "exclude",
                "redact",
                "encrypt");
        zone("SECRETS_KEY", "secrets.key", Type.SECRET, "", "32 bytes in Base64 that encrypt exported Secrets");
        zone(
                "INCLUDE_MANAGED_FIELDS",
                "include.managed.fields",
                Type.BOOLEAN,
                "false",
                "Whether managedFields are kept");
        zone("INCLUDE_STATUS", "include.status", Type.BOOLEAN, "false", "Whether the status of objects is kept");
        zone(
                "MAX_RESOURCE_SIZE",
                "max.resource.size",
                Type.STRING,
                "",
                "Objects that are larger are left out, such as 10Mi; empty for no limit");
        zone("BATCH_SIZE", "batch.size", Type.POSITIVE, "500", "Objects in a page of a list, 1 to 5000");
        zone("LIST_CONCURRENCY", "list.concurrency", Type.POSITIVE, "2", "Lists at a time, 1 to 32");
        zone("UPLOAD_CONCURRENCY", "upload.concurrency", Type.POSITIVE, "32", "Uploads at a time, 1 to 256");
        zone("RETRY_ATTEMPTS", "retry.attempts", Type.INTEGER, "3", "Tries after the first failed one, 0 to 10");
        zone("RETRY_DELAY", "retry.delay", Type.STRING, "5s", "Wait before the first of these; it grows");
        zone(
                "REQUEST_TIMEOUT",
                "request.timeout",
                Type.STRING,
                "2m",
                "Longest wait for an answer, 100ms to 30m and not longer than lock.expiry");
        zone(
                "LOCK_EXPIRY",
                "lock.expiry",
                Type.STRING,
                "2m",
                "Time, 1s to 1h, after which the lock of an export that was killed counts no more");
        zone("ENABLE_CLEANUP", "cleanup", Type.BOOLEAN, "true", "Whether an export deletes old ones at its end");
        zone("RETENTION_DAYS", "retention.days", Type.POSITIVE, "7", "Days that exports are kept, 1 to 3650");
        zone(
                "RETENTION_RUNS",
                "retention.runs",
                Type.POSITIVE,
                "1",
                "Complete exports that are kept however old they are, 1 to 10000");
    }

    /** All of them. */
    public static final List<SettingDefinition> ALL = all();

    /** A setting as the program's messages name it, in both spellings or in one. */
    private static final Pattern NAMED = Pattern.compile("\\b([A-Z]+(?:_[A-Z]+)+)\\b( \\([a-z-]+\\))?");

    private ExportSettings() {}

    private static void zone(String variable, String key, Type type, String defaultValue, String description) {
        BY_VARIABLE.put(variable, SettingDefinition.perZone("cluster.export." + key, type, defaultValue, description));
    }

    private static void choice(
            String variable, String key, String defaultValue, String description, String... options) {
        BY_VARIABLE.put(
                variable,
                new SettingDefinition(
                        "cluster.export." + key,
                        Type.SELECT,
                        defaultValue,
                        description,
                        Scope.ZONE,
                        true,
                        List.of(options)));
    }

    /** How many jobs may run on this server; an older version kept larger numbers than are accepted now. */
    static int atATime(Settings settings) {
        return Math.min(MOST_AT_A_TIME, Integer.parseInt(settings.value(CONCURRENCY)));
    }

    private static List<SettingDefinition> all() {
        List<SettingDefinition> all = new ArrayList<>(BY_VARIABLE.values());
        all.add(CONCURRENCY);
        return List.copyOf(all);
    }

    /** The program's settings for a cluster; {@code chosen} wins over the zone's. */
    static Map<String, String> of(BackupCluster cluster, Settings settings, Map<String, String> chosen) {
        Map<String, String> values = new TreeMap<>();
        BY_VARIABLE.forEach((variable, setting) -> values.put(variable, settings.value(setting, cluster.zoneId())));
        values.putAll(chosen);
        values.put("CLUSTER_NAME", cluster.folder());
        return values;
    }

    /** A problem in the program's words, in ours: with the parameter that was given, else with the setting. */
    static String told(String problem, Map<String, String> chosen) {
        Matcher names = NAMED.matcher(problem);
        return names.replaceAll(found -> {
            if (chosen.containsKey(found.group(1))) {
                return parameter(found.group(1));
            }
            SettingDefinition setting = BY_VARIABLE.get(found.group(1));
            return setting == null ? Matcher.quoteReplacement(found.group()) : "setting " + setting.key();
        });
    }

    /** The parameter that takes the place of a setting for one export. */
    static String parameter(String variable) {
        return "parameter " + variable.replace("_", "").toLowerCase(java.util.Locale.ROOT);
    }
}
