/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloud.vm.VMInstanceVO;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.junit.jupiter.api.Test;

/** Machines whose volumes change while they are under a policy. */
class RenewingTest {
    private final Rig rig = new Rig();
    private final VMInstanceVO web = rig.machine("web-1", Rig.GIB);
    private final VMInstanceVO database = rig.machine("db-1", Rig.GIB, Rig.GIB);

    @Test
    void theProductIsToldWhenTheVolumesOfAMachineHaveChanged() {
        rig.sync(web, database);
        rig.sync(web, database);
        rig.product.assigned.clear();
        rig.cloudStack.volume(web, 1, Rig.GIB);
        rig.product.fail("assign", 1, new ProviderException(ErrorKind.EXTERNAL, "product", "500 Server Error"));
        for (int run = 0; run < 4; run++) {
            rig.sync(web, database);
        }
        assertThat(rig.product.assigned)
                .as("once it worked, once")
                .singleElement()
                .satisfies(told -> assertThat(told.volumes())
                        .isEqualTo(rig.parts().machines.reference(web).volumes())
                        .hasSize(2));
    }

    @Test
    void aMachineThatIsTakenOutWhileTheProductIsToldIsNotLeftThere() {
        rig.sync(web);
        rig.product.during.put("assign", () -> web.setBackupOfferingId(null));
        rig.sync(web);
        assertThat(rig.product.calls).contains("remove");
    }
}
