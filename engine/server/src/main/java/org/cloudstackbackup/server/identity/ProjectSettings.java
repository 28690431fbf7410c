/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import java.util.List;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.spi.SettingDefinition.Type;

/** Settings about projects. */
public final class ProjectSettings {
    /** As in CloudStack. */
    public static final SettingDefinition ALLOW_USERS = SettingDefinition.global(
            "allow.user.create.projects",
            Type.BOOLEAN,
            "true",
            "Whether ordinary users may make projects; admins always may");

    /** All of the above. */
    public static final List<SettingDefinition> ALL = List.of(ALLOW_USERS);

    private ProjectSettings() {}
}
