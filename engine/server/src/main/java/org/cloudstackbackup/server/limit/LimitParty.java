/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.limit;

import static java.util.Objects.requireNonNull;

import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.Project;
import org.cloudstackbackup.framework.limit.Holder;
import org.jspecify.annotations.Nullable;

/**
 * Whom a question about limits is about, with the names to show.
 *
 * @param domain the domain itself, or the one the account or project is in
 * @param project null unless it is a project
 */
record LimitParty(Holder holder, Domain domain, @Nullable Project project) {
    LimitParty {
        requireNonNull(holder, "holder is null");
        requireNonNull(domain, "domain is null");
    }

    boolean isDomain() {
        return holder.kind() == Holder.Kind.DOMAIN || holder.kind() == Holder.Kind.ROOT_DOMAIN;
    }
}
