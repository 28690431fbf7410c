/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The four policies for Secrets; no value leaves the cluster that the policy keeps in. */
class SecretsTest extends ProgramFixture {
    private static final String FILE = "clusterbackup/east/shop/secrets/db.yaml";
    private static final String KEY =
            Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));
    private static final String APPLIED =
            "{\"kind\":\"Secret\",\"metadata\":{\"name\":\"db\"},\"data\":{\"password\":\"aHVzaA==\"}}";

    @BeforeEach
    void prepare() {
        cluster.put(
                "secrets",
                "shop",
                "db",
                Map.of("annotations", Map.of("kubectl.kubernetes.io/last-applied-configuration", APPLIED)),
                Map.of("type", "Opaque", "data", Map.of("password", "aHVzaA==")));
    }

    @Test
    void excludedSecretsAreNotEvenListed() {
        assertThat(program.with("SECRETS_POLICY", "exclude").run("run")).isEqualTo(0);
        assertThat(store.keys("clusterbackup/")).isEmpty();
        assertThat(cluster.requests()).noneMatch(request -> request.contains("secrets"));
    }

    @Test
    void redactedSecretsHaveNoValueAnywhereNotEvenInWhatWasLastApplied() throws Exception {
        assertThat(program.with("SECRETS_POLICY", "redact").run("run")).isEqualTo(0);
        assertThat(store.text(FILE))
                .contains(
                        "password: \"UkVEQUNURUQ=\"".replace("\"", ""),
                        "cluster-export.cloudstackbackup.org/secrets: redacted")
                .doesNotContain("aHVzaA");
    }

    @Test
    void encryptedSecretsHideTheirValuesAndAreUnchangedWhenTheyAre() throws Exception {
        program.with("SECRETS_POLICY", "encrypt").with("SECRETS_KEY", KEY);
        assertThat(program.run("run")).isEqualTo(0);
        String file = store.text(FILE);
        assertThat(file).contains("AES-256-GCM", "name: db").doesNotContain("aHVzaA", "last-applied");
        // A new version of the object with the same content has the same keyed hash, and is not sealed anew.
        cluster.put(
                "secrets",
                "shop",
                "db",
                Map.of("annotations", Map.of("kubectl.kubernetes.io/last-applied-configuration", APPLIED)),
                Map.of("type", "Opaque", "data", Map.of("password", "aHVzaA==")));
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(program.data("backup_complete")).containsEntry("uploaded", 0L);
        assertThat(store.text(FILE)).isEqualTo(file);
        program.with("SECRETS_KEY", Base64.getEncoder().encodeToString(new byte[32]));
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(program.data("backup_complete")).containsEntry("uploaded", 1L);
        assertThat(program.output()).doesNotContain(KEY);
    }

    @Test
    void aChangedPolicyWritesUnchangedSecretsAnew() throws Exception {
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(store.text(FILE)).contains("aHVzaA==");
        assertThat(program.with("SECRETS_POLICY", "redact").run("run")).isEqualTo(0);
        assertThat(store.text(FILE)).doesNotContain("aHVzaA");
    }

    @Test
    void encryptionNeedsAKeyOfTheRightSize() {
        assertThat(program.with("SECRETS_POLICY", "encrypt").run("run")).isEqualTo(2);
        assertThat(program.errors()).contains("SECRETS_KEY");
        assertThat(program.with("SECRETS_KEY", "c2hvcnQ=").run("run")).isEqualTo(2);
        assertThat(program.errors()).contains("SECRETS_KEY").contains("5 bytes").doesNotContain("c2hvcnQ");
    }

    @Test
    void aSealIsBoundToItsPlaceAndOpensOnlyThere() {
        var settings = new org.cloudstackbackup.clusterexport.config.ContentSettings(
                false,
                false,
                Long.MAX_VALUE,
                true,
                true,
                org.cloudstackbackup.clusterexport.config.ContentSettings.SecretsPolicy.ENCRYPT,
                new org.cloudstackbackup.clusterexport.config.ContentSettings.Key(
                        Base64.getDecoder().decode(KEY)));
        var treatment = new org.cloudstackbackup.clusterexport.content.SecretTreatment(settings);
        var secret = JsonTree.readObject(
                "{\"kind\":\"Secret\",\"metadata\":{\"name\":\"db\",\"annotations\":{\"a\":\"b\"}},\"data\":{\"p\":\"aHVzaA==\"}}");
        var sealed = treatment.seal(secret, FILE);
        assertThat(sealed.toString()).doesNotContain("aHVzaA");
        assertThat(treatment.open(sealed, FILE)).isEqualTo(secret);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> treatment.open(sealed, FILE + "x"))
                .hasMessageContaining("seal is broken");
    }

    @Test
    void aPolicyThatCouldNotBeAppliedAtOnceIsAppliedByTheNextRun() throws Exception {
        assertThat(program.run("run")).isEqualTo(0);
        program.with("SECRETS_POLICY", "redact");
        store.refuse(key -> key.equals(FILE), 500, "InternalError");
        assertThat(program.run("run")).isEqualTo(3);
        store.accept();
        cluster.fault((exchange, path, query) -> {
            if (path.endsWith("/secrets")) {
                ClusterServer.status(exchange, 403, "forbidden");
            }
            return path.endsWith("/secrets");
        });
        assertThat(program.run("run")).isEqualTo(3);
        assertThat(store.text(FILE)).contains("aHVzaA==");
        cluster.heal();
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(store.text(FILE)).doesNotContain("aHVzaA");
    }

    @Test
    void oldValuesGoWithTheRunsThatNeedThemWhateverElseStaysUnchanged() throws Exception {
        cluster.put("configmaps", "shop", "kept", Map.of("data", Map.of("a", "b")));
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(packsWith("aHVzaA==")).hasSize(1);
        assertThat(program.with("SECRETS_POLICY", "redact").run("run")).isEqualTo(0);
        String first = store.keys("clusterexport/east/runs/r000001").get(0).split("/")[3];
        String key = "clusterexport/east/runs/" + first + "/run.json";
        store.put(key, store.text(key).replaceFirst("\"ended\":\"20..", "\"ended\":\"2001"));
        assertThat(program.run("prune")).as(program.errors()).isEqualTo(0);
        assertThat(packsWith("aHVzaA==")).isEmpty();
        cluster.remove("configmaps", "shop", "kept");
        assertThat(program.run("restore")).as(program.output()).isEqualTo(0);
        assertThat(cluster.object("configmaps", "shop", "kept")).isNotNull();
    }

    private List<String> packsWith(String text) throws Exception {
        List<String> found = new ArrayList<>();
        for (String key : store.keys("clusterexport/east/packs/")) {
            try (var in = new GZIPInputStream(new ByteArrayInputStream(store.bytes(key)))) {
                if (new String(in.readAllBytes(), StandardCharsets.UTF_8).contains(text)) {
                    found.add(key);
                }
            }
        }
        return found;
    }
}
