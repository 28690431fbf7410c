/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.configuration;

/** What accounts and domains may have a limited number of. */
public interface Resource {
    short RESOURCE_UNLIMITED = -1;
    String UNLIMITED = "Unlimited";

    /** Kind of a limited resource. The order is CloudStack's; bytes are counted for storage. */
    enum ResourceType {
        user_vm,
        public_ip,
        volume,
        snapshot,
        template,
        project,
        network,
        vpc,
        cpu,
        memory,
        primary_storage,
        secondary_storage,
        backup,
        backup_storage,
        bucket,
        object_storage,
        gpu;

        public String getName() {
            return name();
        }
    }
}
