/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cloudstackbackup.clusterexport.kube.Lists.PATIENCE;
import static org.cloudstackbackup.clusterexport.kube.Lists.answer;
import static org.cloudstackbackup.clusterexport.kube.Lists.names;
import static org.cloudstackbackup.clusterexport.kube.Lists.page;
import static org.cloudstackbackup.clusterexport.kube.Lists.refusal;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.http.RawServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads are made as the client makes its calls, and by the client where it alone knows how. */
class ListTermsTest {
    private static ConfigBuilder config(RawServer server) {
        return new ConfigBuilder(Config.empty()).withMasterUrl("http://127.0.0.1:" + server.port());
    }

    private static RawServer answering(String answer) throws IOException {
        return new RawServer(connection -> {
            while (connection.readRequest()) {
                connection.write(answer);
            }
        });
    }

    /** The headers of a request, without the line above them. */
    private static List<String> headers(String head) {
        return Arrays.stream(head.split("\r\n"))
                .skip(1)
                // Only what has a body says something of it.
                .filter(line -> !line.startsWith("Content-"))
                .sorted(String.CASE_INSENSITIVE_ORDER)
                .toList();
    }

    private static String header(String head, String name) {
        return headers(head).stream()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(name + ":"))
                .findFirst()
                .orElse("");
    }

    @Test
    void readsCarryTheHeadersOfWrites() throws Exception {
        try (RawServer server = answering(answer(page(1, "")))) {
            List<Config> configs = List.of(
                    config(server).withOauthToken("a-token").build(),
                    config(server).withAutoOAuthToken("another-token").build(),
                    config(server).withOauthTokenProvider(() -> "given").build(),
                    config(server).withUsername("me").withPassword("pä:ss").build(),
                    config(server)
                            .withOauthToken("t")
                            .withImpersonateUsername("somebody")
                            .withImpersonateGroups("one", "two")
                            .withImpersonateExtras(Map.of("reason", List.of("a", "b")))
                            .build(),
                    config(server)
                            .withUserAgent("test/1")
                            .withCustomHeaders(Map.of("X-Test", "some text"))
                            .build());
            for (Config config : configs) {
                try (ApiServer client = new ApiServer(config, PATIENCE)) {
                    names(client);
                    client.get(Lists.PATH);
                    client.write("DELETE", Lists.PATH, Map.of(), null);
                    List<String> heads = server.heads()
                            .subList(server.heads().size() - 3, server.heads().size());
                    assertThat(heads.get(0)).startsWith("GET /api/v1/configmaps?limit=500 ");
                    assertThat(heads.get(1)).startsWith("GET /api/v1/configmaps ");
                    assertThat(heads.get(2)).startsWith("DELETE /api/v1/configmaps ");
                    assertThat(heads).extracting(ListTermsTest::headers).containsOnly(headers(heads.get(2)));
                    assertThat(client.requests()).isEqualTo(Map.of("list", 1L, "get", 1L, "delete", 1L));
                }
            }
            assertThat(server.heads())
                    .extracting(head -> header(head, "authorization"))
                    .contains("Authorization: Bearer a-token", "Authorization: Bearer given");
            assertThat(server.connections())
                    .as("one to read and one to write, each")
                    .isEqualTo(2 * configs.size());
        }
    }

    @Test
    void aRefusedTokenIsRenewedByTheClientAndKnownAfterwards(@TempDir Path folder) throws Exception {
        try (RawServer server = new RawServer(connection -> {
            for (String head = connection.readHead(); !head.isEmpty(); head = connection.readHead()) {
                connection.write(
                        head.contains("Bearer new") ? answer(page(2, "")) : refusal(401, "the token is too old", ""));
            }
        })) {
            Path file = Files.writeString(folder.resolve("kubeconfig"), kubeconfig(server, "old"));
            Config config = KubeConfig.of(Map.of("KUBECONFIG", file.toString()));
            Files.writeString(file, kubeconfig(server, "new"));
            try (ApiServer client = new ApiServer(config, PATIENCE)) {
                assertThat(names(client)).hasSize(2);
                assertThat(names(client)).hasSize(2);
                assertThat(server.heads())
                        .extracting(head -> header(head, "authorization"))
                        .containsExactly(
                                "Authorization: Bearer old",
                                "Authorization: Bearer old",
                                "Authorization: Bearer new",
                                "Authorization: Bearer new");
                assertThat(client.requests()).containsEntry("list", 3L);
            }
        }
    }

    private static String kubeconfig(RawServer server, String token) {
        return """
                apiVersion: v1
                kind: Config
                current-context: test
                clusters: [{name: test, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: test, user: {token: %s}}]
                contexts: [{name: test, context: {cluster: test, user: test}}]
                """.formatted(server.port(), token);
    }

    @Test
    void aTokenThatStaysRefusedIsAnError() throws Exception {
        try (RawServer server = answering(refusal(401, "who are you", ""));
                ApiServer client =
                        new ApiServer(config(server).withOauthToken("t").build(), PATIENCE)) {
            assertThatThrownBy(() -> names(client))
                    .isInstanceOf(CallFailed.class)
                    .hasMessageEndingWith(" was answered 401: who are you");
        }
    }

    @Test
    void aServerBehindAPrefixIsAskedBelowIt() throws Exception {
        try (RawServer server = answering(answer(page(1, "")));
                ApiServer client = new ApiServer(
                        config(server)
                                .withMasterUrl("http://127.0.0.1:" + server.port() + "/k8s/clusters/c-1/")
                                .build(),
                        PATIENCE)) {
            assertThat(names(client)).hasSize(1);
            assertThat(server.heads().get(0)).startsWith("GET /k8s/clusters/c-1/api/v1/configmaps?limit=500 HTTP/1.1");
        }
    }

    @Test
    void aProxyOfTheConfigurationIsUsed() throws Exception {
        try (RawServer proxy = answering(answer(page(3, "")));
                RawServer server = answering(answer(page(2, "")))) {
            ConfigBuilder config = config(server).withHttpProxy("http://127.0.0.1:" + proxy.port());
            try (ApiServer client = new ApiServer(config.build(), PATIENCE)) {
                assertThat(names(client)).hasSize(3);
                assertThat(client.requests()).containsEntry("list", 1L);
            }
            assertThat(proxy.heads().get(0)).startsWith("GET http://127.0.0.1:" + server.port() + "/api/v1/configmaps");
            try (ApiServer client =
                    new ApiServer(config.withNoProxy("127.0.0.1").build(), PATIENCE)) {
                assertThat(names(client)).hasSize(2);
            }
            assertThat(proxy.heads()).hasSize(1);
        }
    }

    @Test
    void aServerThatPointsElsewhereIsFollowedByTheClient() throws Exception {
        try (RawServer other = answering(answer(page(4, "")));
                RawServer server = answering("HTTP/1.1 307 Go\r\nLocation: http://127.0.0.1:" + other.port()
                        + "/elsewhere\r\nContent-Length: 0\r\n\r\n");
                ApiServer client = new ApiServer(config(server).build(), PATIENCE)) {
            assertThat(names(client)).hasSize(4);
            assertThat(other.heads().get(0)).startsWith("GET /elsewhere ");
        }
    }

    @Test
    void aHeaderThatCouldBreakARequestIsLeftToTheClient() throws Exception {
        try (RawServer server = answering(answer(page(1, "")))) {
            for (Map<String, String> headers :
                    List.of(Map.of("X-Test", "a\r\nX-Other: b"), Map.of("X Test", "a"), Map.of("Host", "elsewhere"))) {
                Config config = config(server).withCustomHeaders(headers).build();
                try (ApiServer client = new ApiServer(config, PATIENCE)) {
                    assertThatThrownBy(() -> names(client)).isInstanceOf(RuntimeException.class);
                    assertThatThrownBy(() -> client.get(Lists.PATH)).isInstanceOf(RuntimeException.class);
                }
            }
            assertThat(server.heads()).isEmpty();
        }
    }
}
