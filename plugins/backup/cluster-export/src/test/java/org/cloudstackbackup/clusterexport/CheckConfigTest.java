/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.junit.jupiter.api.Test;

/** {@code check-config} tells everything that is wrong, and changes nothing. */
class CheckConfigTest extends ProgramFixture {
    private void check(int expected, String... options) {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "check-config";
        System.arraycopy(options, 0, arguments, 1, options.length);
        int code = program.run(arguments);
        assertThat(code).as(program.output() + program.errors()).isEqualTo(expected);
        assertThat(program.output() + program.errors()).doesNotContain("nobody-logs");
        assertThat(store.puts()).isZero();
        assertThat(store.keys("")).isEmpty();
        assertThat(cluster.requests()).allMatch(request -> request.startsWith("GET "));
        if (code == 0) {
            assertThat(program.output()).endsWith("The configuration is right.\n");
        } else {
            assertThat(program.output()).doesNotContain("is right");
        }
    }

    @Test
    void goodSettingsAreRightAndNobodyIsAsked() {
        program.with("MINIO_ENDPOINT", "127.0.0.1:1");
        check(0);
        assertThat(cluster.requests()).isEmpty();
    }

    @Test
    void whoeverIsReachedIsRight() {
        check(0, "--connect");
        assertThat(cluster.requests()).containsExactly("GET /api", "GET /apis");
        assertThat(program.errors()).isEmpty();
    }

    @Test
    void wrongValuesOfEveryPlaceAreToldAtOnceByName() throws Exception {
        Path map = folder.resolve("map.yaml");
        Files.writeString(map, "retry-delay: soon\nexclude-namespace: x\nschedule: \"0 25 * * *\"\n");
        Files.writeString(folder.resolve("ca.pem"), "no certificate");
        program.with("CONFIG_FILE", map.toString())
                .with("KUBECONFIG", folder.resolve("absent").toString())
                .with("BATCH_SIZE", "0")
                .with("VALIDATE_YAML", "perhaps")
                .with("SECRETS_POLICY", "encrypt")
                .with("MINIO_CA_FILE", folder.resolve("ca.pem").toString())
                .without("RETRY_DELAY")
                .without("CLUSTER_NAME");
        check(2);
        assertThat(program.records("config_load"))
                .extracting(record -> JsonTree.text(record, "error").replaceFirst(" .*", ""))
                .containsExactlyInAnyOrder(
                        "KUBECONFIG",
                        "CLUSTER_NAME",
                        "MINIO_CA_FILE",
                        "BATCH_SIZE",
                        "RETRY_DELAY",
                        "VALIDATE_YAML",
                        "SECRETS_KEY",
                        "SCHEDULE",
                        "'exclude-namespace'");
        assertThat(cluster.requests()).isEmpty();
        String said = program.errors();
        program.run("run");
        assertThat(program.errors().lines()).hasSize((int) said.lines().count());
    }

    @Test
    void whereTheConfigMapCannotBeReadTheOtherWrongValuesAreToldToo() {
        program.with("CONFIG_FILE", folder.resolve("absent.yaml").toString())
                .with("BATCH_SIZE", "many")
                .with("MINIO_USE_SSL", "no")
                .with("SECRETS_POLICY", "encrypt")
                .without("CLUSTER_NAME");
        check(2);
        assertThat(program.records("config_load"))
                .as("the name and the key may be in the ConfigMap")
                .extracting(record -> JsonTree.text(record, "error").replaceFirst(" .*", ""))
                .containsExactlyInAnyOrder("CONFIG_FILE", "BATCH_SIZE", "MINIO_USE_SSL");
        program.without("CONFIG_FILE")
                .with("POD_NAMESPACE", "backup-system")
                .with("KUBECONFIG", folder.resolve("absent").toString());
        check(2);
        assertThat(program.records("config_load"))
                .extracting(record -> JsonTree.text(record, "error").replaceFirst(" .*", ""))
                .containsExactlyInAnyOrder("KUBECONFIG", "BATCH_SIZE", "MINIO_USE_SSL");
    }

    @Test
    void aBucketThatIsMissingIsNamedAndNotTriedAgain() {
        program.with("MINIO_BUCKET", "not-there");
        check(1, "--connect");
        Map<String, ?> record = program.records("check_config").get(0);
        assertThat(JsonTree.text(record, "error")).contains("not-there").contains("404");
        assertThat(JsonTree.map(record, "data")).containsEntry("error_class", "not_found");
        assertThat(program.records("check_config")).hasSize(1);
        assertThat(program.records("retry_attempt")).isEmpty();
        check(0);
    }

    @Test
    void aBucketThatTheFirstRunWillCreateIsNoProblem() {
        program.with("MINIO_BUCKET", "not-there").with("AUTO_CREATE_BUCKET", "true");
        check(0, "--connect");
        assertThat(program.output()).contains("The bucket not-there is not there; the first run creates it.");
        check(0, "--connect");
        assertThat(program.output()).as("it was not created").contains("the first run creates it");
    }

    @Test
    void keysThatAreRefusedAreToldAndNotShown() {
        program.with("MINIO_SECRET_KEY", "another-secret-nobody-logs");
        check(1, "--connect");
        assertThat(program.data("check_config")).containsEntry("error_class", "forbidden");
        assertThat(program.records("retry_attempt")).isEmpty();
        program.with("MINIO_SECRET_KEY", "a-secret-nobody-logs").with("MINIO_ACCESS_KEY", "nobody");
        check(1, "--connect");
        assertThat(program.data("check_config")).containsEntry("error_class", "forbidden");
    }

    @Test
    void anApiServerThatIsNotThereIsNamedAfterItsRetries() throws Exception {
        Path away = folder.resolve("away");
        Files.writeString(away, cluster.kubeconfig().replaceFirst("127.0.0.1:\\d+", "127.0.0.1:1"));
        program.with("KUBECONFIG", away.toString()).with("RETRY_ATTEMPTS", "2");
        check(1, "--connect");
        Map<String, ?> record = program.records("check_config").get(0);
        assertThat(JsonTree.text(record, "error")).contains("http://127.0.0.1:1");
        assertThat(JsonTree.map(record, "data")).containsEntry("error_class", "connection");
        assertThat(program.records("retry_attempt")).hasSize(2);
        check(0);
    }

    @Test
    void aTokenThatIsRefusedIsTold() {
        cluster.fault((exchange, path, query) -> {
            ClusterServer.status(exchange, 401, "Unauthorized");
            return true;
        });
        check(1, "--connect");
        assertThat(program.data("check_config")).containsEntry("error_class", "unauthorized");
    }

    @Test
    void whereNeitherAnswersBothAreTold() throws Exception {
        Path away = folder.resolve("away");
        Files.writeString(away, cluster.kubeconfig().replaceFirst("127.0.0.1:\\d+", "127.0.0.1:1"));
        program.with("KUBECONFIG", away.toString())
                .with("MINIO_ENDPOINT", "127.0.0.1:1")
                .with("RETRY_ATTEMPTS", "0");
        check(1, "--connect");
        assertThat(program.records("check_config"))
                .extracting(record -> JsonTree.text(record, "message"))
                .containsExactly("The bucket cannot be used", "The API server cannot be used");
    }
}
