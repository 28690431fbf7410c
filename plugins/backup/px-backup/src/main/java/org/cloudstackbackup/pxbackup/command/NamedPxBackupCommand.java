/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import org.apache.cloudstack.api.Parameter;
import org.cloudstackbackup.pxbackup.client.Parameters;
import org.jspecify.annotations.Nullable;

/** What the commands about one backup have in common. */
@SuppressWarnings("NullAway.Init")
abstract class NamedPxBackupCommand extends PxBackupCommand {
    @Parameter(
            name = "name",
            type = CommandType.STRING,
            required = true,
            length = 253,
            description = "name of the backup")
    private String name;

    @Parameter(
            name = "uid",
            type = CommandType.STRING,
            length = 253,
            description = "uid of the backup; needed when PX-Backup is older than 2.10")
    private @Nullable String uid;

    @Override
    Parameters parameters() {
        return super.parameters().with("name", name).with("uid", uid);
    }
}
