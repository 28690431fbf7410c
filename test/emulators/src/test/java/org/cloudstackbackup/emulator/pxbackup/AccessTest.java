/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccessTest {
    private final Rig rig = Rig.of("3.1");
    private final PxBackupEmulator emulator = rig.emulator();

    @BeforeEach
    void users() {
        emulator.addUser(User.of("ann", "secret", User.APP_USER).inGroups("ops"));
        emulator.addUser(User.of("bob", "secret", User.APP_ADMIN));
        emulator.addUser(User.of("eve", "secret", User.INFRA_ADMIN));
        rig.finished("b1", "vm1");
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private Client as(String user) {
        return rig.client().as(emulator.issueToken(user));
    }

    private String backup() {
        return "/v1/backup/default/b1?uid=" + emulator.uid("backup", "b1");
    }

    private void share(String list, String id, String access) {
        rig.client()
                .put(
                        "/v1/backup/updatebackupshare",
                        "{'org_id':'default','name':'b1','backupshare':{'%s':[{'id':'%s','access':'%s'}]}}"
                                .formatted(list, id, access))
                .ok();
    }

    private void open(String kind, String path) {
        rig.client()
                .put(
                        "/v1/" + path + "/updateownership",
                        "{'org_id':'default','name':'%s','ownership':{'public':{'type':'Read'}}}".formatted(kind))
                .ok();
    }

    @Test
    void anotherUserSeesNothingThatIsNotShared() {
        as("ann").get(backup()).refused(404, 5);
        assertThat(as("ann").get("/v1/backup/default").ok().has("backups")).isFalse();
        assertThat(as("ann").get("/v1/cluster/default").ok().has("clusters")).isFalse();
        as("ann").delete(backup()).refused(404, 5);
    }

    @Test
    void aShareGivesWhatItsLevelSays() {
        share("collaborators", "id-of-ann", "View");
        assertThat(as("ann").get(backup()).ok().at("backup.backup_info.user_backupshare_access"))
                .isEqualTo("View");
        assertThat(as("ann").get("/v1/backup/default").names("backups")).containsExactly("b1");
        assertThat(as("ann").delete(backup()).refused(403, 7).text())
                .contains("doesn't have permission to delete backup");
        String restore =
                "{'metadata':{'name':'r1','org_id':'default'},'backup_ref':{'name':'b1'},'cluster_ref':{'name':'cl'}}";
        assertThat(as("ann").post("/v1/restore", restore).refused(403, 7).text())
                .contains("doesn't have permission to restore backup");
        share("groups", "ops", "Restorable");
        assertThat(as("ann").post("/v1/restore", restore).refused(404, 5).text())
                .contains("failed to retrieve cluster [cl]: object not found");
        rig.client()
                .patch("/v1/sharecluster", "{'org_id':'default','cluster_ref':{'name':'cl'},'users':['id-of-ann']}")
                .ok();
        assertThat(as("ann").post("/v1/restore", restore).refused(404, 5).text())
                .contains("failed to retrieve backup location");
        open("bl", "backuplocation");
        as("ann").post("/v1/restore", restore).ok();
        share("collaborators", "*", "FullAccess");
        as("bob").delete("/v1/backup/default/b1?cluster_ref.name=cl").refused(404, 5);
        as("ann").delete(backup()).ok();
    }

    @Test
    void aShareListReplacesTheOneBefore() {
        share("collaborators", "id-of-ann", "View");
        share("collaborators", "id-of-bob", "View");
        as("ann").get(backup()).refused(404, 5);
        as("bob").get(backup()).ok();
        share("groups", "id-of-ann", "View");
        as("ann").get(backup()).refused(404, 5);
    }

    @Test
    void allBackupsOfAClusterAreSharedInTheBackground() {
        String update = "{'org_id':'default','name':'cl','%s_backup_share':{'groups':[{'id':'ops','access':'View'}]}}";
        rig.client()
                .put("/v1/cluster/updatebackupshare", update.formatted("add"))
                .ok();
        as("ann").get(backup()).refused(404, 5);
        rig.pass(2);
        as("ann").get(backup()).ok();
        rig.client()
                .put("/v1/cluster/updatebackupshare", update.formatted("del"))
                .ok();
        rig.pass(2);
        as("ann").get(backup()).refused(404, 5);
    }

    @Test
    void rolesLimitWhoCreatesWhat() {
        String credential = "{'metadata':{'name':'c','org_id':'default'},'cloud_credential':{'type':'AWS'}}";
        String policy = "{'metadata':{'name':'p','org_id':'default'},'schedule_policy':{'interval':{'minutes':15}}}";
        assertThat(as("ann")
                        .post("/v1/cloudcredential", credential)
                        .refused(403, 7)
                        .text())
                .contains("Access denied for [Resource: cloudcredential]");
        as("bob").post("/v1/cloudcredential", credential).refused(403, 7);
        as("eve").post("/v1/cloudcredential", credential).ok();
        as("ann").post("/v1/schedulepolicy", policy).refused(403, 7);
        as("bob").post("/v1/schedulepolicy", policy).ok();
    }

    @Test
    void namesBelongToTheirOwners() {
        String policy = "{'metadata':{'name':'p','org_id':'default'},'schedule_policy':{'interval':{'minutes':15}}}";
        as("bob").post("/v1/schedulepolicy", policy).ok();
        as("eve").post("/v1/schedulepolicy", policy).ok();
        as("eve").post("/v1/schedulepolicy", policy).refused(409, 6);
        as("bob").get("/v1/schedulepolicy/default/p").ok();
        assertThat(rig.client()
                        .get("/v1/schedulepolicy/default/p")
                        .refused(400, 3)
                        .text())
                .contains("multiple");
        assertThat(rig.client().get("/v1/schedulepolicy/default").names("schedule_policies"))
                .containsExactlyInAnyOrder("every-15", "p", "p");
    }

    @Test
    void onlyTheOwnerSeesSecrets() {
        String credential =
                "{'metadata':{'name':'c','org_id':'default','ownership':{'public':{'type':'Read'}}},'cloud_credential':{'type':'AWS','aws_config':{'access_key':'key','secret_key':'hush'}}}";
        as("eve").post("/v1/cloudcredential", credential).ok();
        assertThat(as("eve")
                        .get("/v1/cloudcredential/default/c?include_secrets=true")
                        .text())
                .contains("hush");
        assertThat(as("eve").get("/v1/cloudcredential/default/c").text())
                .doesNotContain("hush")
                .contains("key");
        assertThat(as("ann")
                        .get("/v1/cloudcredential/default/c?include_secrets=true")
                        .text())
                .doesNotContain("hush");
        as("ann").delete("/v1/cloudcredential/default/c").refused(403, 7);
    }

    @Test
    void onlyAnAdministratorChangesTheOwner() {
        String policy = "{'metadata':{'name':'p','org_id':'default'},'schedule_policy':{'interval':{'minutes':15}}}";
        as("bob").post("/v1/schedulepolicy", policy).ok();
        String change = "{'metadata':{'name':'p','org_id':'default','ownership':{'owner':'id-of-ann'}}}";
        as("bob").put("/v1/schedulepolicy", change).refused(403, 7);
        rig.client().put("/v1/schedulepolicy", change).ok();
        as("ann").get("/v1/schedulepolicy/default/p").ok();
        as("bob").get("/v1/schedulepolicy/default/p").refused(404, 5);
    }
}
