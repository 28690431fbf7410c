/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.benchmarks.cluster;

import java.util.Base64;
import java.util.Random;

/** Objects as they are sent to the API server, each of them the same in every run. */
final class Bodies {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789 .:-\\n";

    private Bodies() {}

    static String configMap(int i, int size, int seed) {
        return "{\"metadata\":%s,\"data\":{\"application.properties\":\"%s\"}}"
                .formatted(metadata("cm-" + i, i), text(size, i + seed));
    }

    static String secret(int i) {
        byte[] bytes = new byte[1500];
        new Random(i).nextBytes(bytes);
        return "{\"metadata\":%s,\"type\":\"Opaque\",\"data\":{\"value\":\"%s\"}}"
                .formatted(metadata("secret-" + i, i), Base64.getEncoder().encodeToString(bytes));
    }

    static String deployment(int i) {
        return """
                {"metadata": %s, "spec": {"replicas": 3, "selector": {"matchLabels": {"app": "app-%d"}}, "template": {
                  "metadata": {"labels": {"app": "app-%d", "tier": "web"}, "annotations": {"checksum/config": "%s"}},
                  "spec": {"containers": [{"name": "web", "image": "registry.example.org/team/web:%d",
                    "ports": [{"containerPort": 8080, "name": "http"}, {"containerPort": 9090, "name": "metrics"}],
                    "env": [{"name": "LEVEL", "value": "yes"}, {"name": "TEXT", "value": "%s"}],
                    "livenessProbe": {"httpGet": {"path": "/healthz", "port": "http"}, "periodSeconds": 10},
                    "readinessProbe": {"httpGet": {"path": "/readyz", "port": "http"}, "periodSeconds": 5},
                    "resources": {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"memory": "256Mi"}},
                    "volumeMounts": [{"name": "config", "mountPath": "/etc/app"}]}],
                  "volumes": [{"name": "config", "configMap": {"name": "cm-%d"}}]}}}}
                """.formatted(metadata("app-" + i, i), i, i, text(40, i).replace("\\n", "x"), i % 100, text(300, i), i);
    }

    static String service(int i) {
        return """
                {"metadata": %s, "spec": {"selector": {"app": "app-%d"}, "ports": [
                  {"name": "http", "port": 80, "targetPort": 8080}, {"name": "metrics", "port": 9090}]}}
                """.formatted(metadata("service-" + i, i), i);
    }

    /** A Role, or a ClusterRole. */
    static String role(int i) {
        return """
                {"metadata": %s, "rules": [{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get", "list"]},
                  {"apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["get"], "resourceNames": ["app-%d"]}]}
                """.formatted(metadata("team:role-" + i, i), i);
    }

    static String definition(int kind) {
        return """
                {"metadata": {"name": "kind%ds.bench.example.org"}, "spec": {"group": "bench.example.org",
                 "scope": "Namespaced", "names": {"plural": "kind%ds", "singular": "kind%d", "kind": "Kind%d"},
                 "versions": [{"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema":
                   {"type": "object", "x-kubernetes-preserve-unknown-fields": true}}}]}}
                """.formatted(kind, kind, kind, kind);
    }

    static String custom(int i, int kind) {
        return """
                {"apiVersion": "bench.example.org/v1", "kind": "Kind%d", "metadata": %s,
                 "spec": {"size": %d, "text": "%s", "list": [1, 2.5, true, null, "no"]}}
                """.formatted(kind, metadata("custom-" + i, i), i, text(500, i));
    }

    private static String metadata(String name, int i) {
        return "{\"name\":\"%s\",\"labels\":{\"app\":\"app-%d\",\"team\":\"team-%d\"},\"annotations\":{\"bench/note\":\"%s\"}}"
                .formatted(name, i, i % 17, text(60, i));
    }

    /** So many characters of a JSON text, in lines. */
    private static String text(int length, int seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(length + 80);
        while (text.length() < length) {
            for (int i = 0; i < 60; i++) {
                text.append(LETTERS.charAt(random.nextInt(36)));
            }
            text.append("\\n");
        }
        return text.toString();
    }
}
