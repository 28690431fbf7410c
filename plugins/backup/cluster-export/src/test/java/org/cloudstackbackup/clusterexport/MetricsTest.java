/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cloudstackbackup.clusterexport.observe.BackupMetrics;
import org.cloudstackbackup.clusterexport.observe.MetricsServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The documented series, with totals that outlive the process. */
@SuppressWarnings("NullAway.Init")
class MetricsTest extends ProgramFixture {
    private HttpServer gateway;
    private final List<String> pushed = new CopyOnWriteArrayList<>();

    @BeforeEach
    void prepare() throws Exception {
        gateway = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 8);
        gateway.createContext("/metrics/job/cluster-backup/instance/east", exchange -> {
            pushed.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        gateway.start();
        program.with(
                "PUSHGATEWAY_URL", "http://127.0.0.1:" + gateway.getAddress().getPort());
        cluster.put("configmaps", "shop", "web", Map.of());
    }

    @AfterEach
    void stop() throws Exception {
        gateway.stop(0);
    }

    @Test
    void countersGrowOverProcessesAndLastSuccessMovesOnlyWithCompleteRuns() {
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(pushed.get(0))
                .contains("cluster_backup_duration_seconds_count 1\n", "cluster_backup_errors_total 0\n")
                .contains("cluster_backup_resources_total 1\n", "cluster_backup_namespaces_total 1\n");
        String success = line(pushed.get(0), "cluster_backup_last_success_timestamp");
        assertThat(success).doesNotEndWith(" 0");
        cluster.put("configmaps", "shop", "more", Map.of());
        cluster.fault((exchange, path, query) -> {
            boolean secrets = path.endsWith("/secrets");
            if (secrets) {
                ClusterServer.status(exchange, 403, "forbidden");
            }
            return secrets;
        });
        assertThat(program.run("run")).isEqualTo(3);
        assertThat(pushed.get(1))
                .contains("cluster_backup_duration_seconds_count 2\n", "cluster_backup_errors_total 1\n")
                .contains("cluster_backup_resources_total 2\n", "cluster_backup_runs_total{outcome=\"partial\"} 1\n")
                .contains(success);
    }

    @Test
    void totalsThatCannotBeReadAreNeitherReplacedNorTold() throws Exception {
        store.put("clusterexport/east/totals.json", "damaged");
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(pushed).isEmpty();
        assertThat(store.text("clusterexport/east/totals.json")).isEqualTo("damaged");
        assertThat(program.output()).contains("the totals of earlier runs are not known");
    }

    private static String line(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + " "))
                .findFirst()
                .orElse("");
    }

    @Test
    void everySeriesIsServedFromTheStart() throws Exception {
        try (MetricsServer server = new MetricsServer(0, new BackupMetrics(), () -> false)) {
            assertThat(get(server, "/metrics").body())
                    .contains("cluster_backup_errors_total 0", "cluster_backup_duration_seconds_count 0")
                    .contains("# TYPE cluster_backup_namespaces_total gauge", "cluster_backup_last_duration_seconds 0");
            assertThat(get(server, "/health").statusCode()).isEqualTo(200);
            assertThat(get(server, "/ready").statusCode()).isEqualTo(503);
        }
    }

    private static HttpResponse<String> get(MetricsServer server, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
