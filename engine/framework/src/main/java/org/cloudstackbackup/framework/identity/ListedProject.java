/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.identity;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A project with where it stands and who is responsible for it.
 *
 * @param accountName of the account that owns the project's things
 * @param admins members with the role {@link ProjectRole#ADMIN}, in the order in which they came
 */
public record ListedProject(Project project, Domain domain, String accountName, List<Account> admins) {
    public ListedProject {
        requireNonNull(project, "project is null");
        requireNonNull(domain, "domain is null");
        requireNonNull(accountName, "accountName is null");
        admins = List.copyOf(admins);
    }

    /** Whose the project's things are. */
    public Owner owner() {
        return new Owner(project.accountId(), domain.id(), domain.path());
    }
}
