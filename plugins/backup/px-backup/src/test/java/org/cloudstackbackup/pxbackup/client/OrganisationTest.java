/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.cloudstackbackup.emulator.http.Journal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every call goes to the organisation that it names, not to the connection's. */
class OrganisationTest {
    @ParameterizedTest
    @ValueSource(strings = {"2.8", "2.9", "2.10", "2.11", "3.1"})
    void everyCallNamesTheOrganisationItIsFor(String dialect) {
        try (Rig rig = Rig.of(dialect)) {
            rig.emulator().addOrganisation("other");
            Backups backups = rig.client().backups();
            Schedules schedules = rig.client().schedules();
            Parameters one = Parameters.of("n", "u").with("org_id", "other");
            Parameters list = Parameters.none().with("org_id", "other");
            boolean old = dialect.equals("2.8");
            isFor(rig, "other", () -> backups.inspectAll(list));
            isFor(rig, "other", () -> schedules.inspectAll(list));
            isFor(rig, "other", () -> backups.create(rig.machines("b", "vm1").with("org_id", "other")));
            isFor(rig, "other", () -> schedules.create(rig.schedule("s", "vm1").with("org_id", "other")));
            isFor(rig, "other", () -> backups.update(one.with("labels", Map.of("a", "b"))));
            isFor(rig, "other", () -> schedules.update(one.with("suspend", true)));
            isFor(rig, "other", () -> backups.inspectOne(one));
            isFor(rig, "other", () -> schedules.inspectOne(one));
            isFor(
                    rig,
                    "other",
                    () -> backups.updateShare(
                            one.with("backup_share", Map.of("groups", List.of(Map.of("id", "g", "access", "View"))))));
            if (!old) {
                isFor(rig, "other", () -> backups.resourceDetails(one));
                isFor(rig, "other", () -> backups.retryResources(one));
                isFor(
                        rig,
                        "other",
                        () -> schedules.update(list.with("include_filter", "x").with("suspend", true)));
                isFor(rig, "other", () -> schedules.delete(list.with("include_filter", "x")));
            }
            isFor(rig, "other", () -> backups.delete(one));
            isFor(rig, "other", () -> schedules.delete(one));
            isFor(rig, "default", () -> backups.inspectAll(Parameters.none()));
        }
    }

    /** What the other organisation lacks is refused by the server; where the call went is what counts. */
    private static void isFor(Rig rig, String organisation, Runnable call) {
        rig.emulator().journal().clear();
        PxBackupException refusal = catchThrowableOfType(PxBackupException.class, call::run);
        assertThat(refusal == null ? null : refusal.reason()).isNotEqualTo(PxBackupException.Reason.PARAMETER);
        List<Journal.Entry> entries = rig.emulator().journal().entries().stream()
                .filter(each -> !each.path().equals("/v1/version"))
                .toList();
        assertThat(entries)
                .isNotEmpty()
                .allSatisfy(each -> assertThat(named(each))
                        .as("%s %s?%s %s", each.method(), each.path(), each.query(), each.body())
                        .isEqualTo(organisation));
    }

    /** In the body where there is one, else behind the kind of object. */
    private static String named(Journal.Entry entry) {
        JsonNode body = entry.body().isEmpty()
                ? Json.object()
                : Json.read(entry.body().getBytes(StandardCharsets.UTF_8), JsonNode.class, "the body");
        String inBody = body.at("/metadata/org_id").asText(body.path("org_id").asText(""));
        return inBody.isEmpty()
                ? entry.path().replace("/getbackupresourcedetails", "").split("/")[3]
                : inBody;
    }
}
