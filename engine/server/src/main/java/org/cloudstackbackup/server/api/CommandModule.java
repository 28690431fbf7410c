/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.util.List;
import java.util.Map;
import org.apache.cloudstack.api.BaseCmd;

/** The commands of one concept, with what they need. Wiring registers each module by hand. */
public interface CommandModule {
    /** Classes with {@code @APICommand} and a public constructor without parameters. */
    List<Class<? extends BaseCmd>> commands();

    /** Further names under which a command answers: old name to real name. */
    default Map<String, String> aliases() {
        return Map.of();
    }

    /**
     * What the commands' {@code @Inject} fields get, by the field's type. {@link
     * org.cloudstackbackup.framework.identity.Caller}, {@link ListScopes} and {@link
     * org.cloudstackbackup.server.job.JobContext} are provided by the dispatcher for each call.
     */
    Map<Class<?>, Object> services();

    /** How uuids in parameters become internal ids. */
    List<EntityLookup> lookups();
}
