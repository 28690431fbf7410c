/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.cloudstackbackup.pxbackup.client.PxBackupClient;
import org.cloudstackbackup.pxbackup.client.PxBackupConfig;
import org.cloudstackbackup.pxbackup.driver.PxBackupSettings;
import org.junit.jupiter.api.Test;

class ZoneClientsTest {
    @Test
    void oneConnectionServesManyCommands() {
        try (CommandRig rig = new CommandRig()) {
            for (int i = 0; i < 10; i++) {
                rig.call(ListPxBackupClustersCommand.class);
            }
            assertThat(rig.emulator().connections()).isEqualTo(1);
        }
    }

    @Test
    void aChangedSettingIsUsedByTheNextCommand() {
        try (CommandRig rig = new CommandRig()) {
            rig.call(ListPxBackupClustersCommand.class);
            rig.set(PxBackupSettings.TOKEN, "wrong");
            assertThatThrownBy(() -> rig.call(ListPxBackupClustersCommand.class))
                    .hasMessageContaining("401");
            rig.set(PxBackupSettings.TOKEN, CommandRig.TOKEN);
            assertThat(rig.list(ListPxBackupClustersCommand.class)).hasSize(1);
        }
    }

    @Test
    void aReplacedClientServesTheCallThatHasIt() {
        try (CommandRig rig = new CommandRig()) {
            List<PxBackupConfig> opened = new ArrayList<>();
            ZoneClients clients = rig.clients(opened);
            String line = clients.call(1, null, (PxBackupClient first) -> {
                rig.set(PxBackupSettings.PAGE_SIZE, "5");
                clients.call(1, null, PxBackupClient::line);
                return first.line().toString();
            });
            assertThat(line).startsWith("3.1");
            assertThat(opened).hasSize(2);
            clients.close();
            assertThatThrownBy(() -> clients.call(1, null, PxBackupClient::line))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }
}
