/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.List;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.AccountFilter;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.DomainFilter;
import org.cloudstackbackup.framework.identity.ListedAccount;
import org.cloudstackbackup.framework.identity.ListedDomain;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.cloudstackbackup.framework.identity.Project;
import org.cloudstackbackup.framework.identity.ProjectFilter;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;

/** Deletes domains, also with everything in them. Safe for use by many threads. */
final class DomainRemoval {
    private final IdentityStores stores;
    private final DomainService domains;
    private final AccountService accounts;
    private final ProjectService projects;
    private final Belongings belongings;

    DomainRemoval(
            IdentityStores stores,
            DomainService domains,
            AccountService accounts,
            ProjectService projects,
            Belongings belongings) {
        this.stores = requireNonNull(stores, "stores is null");
        this.domains = requireNonNull(domains, "domains is null");
        this.accounts = requireNonNull(accounts, "accounts is null");
        this.projects = requireNonNull(projects, "projects is null");
        this.belongings = requireNonNull(belongings, "belongings is null");
    }

    /**
     * Idempotent, so that a job may repeat it.
     *
     * @param cleanup also when there are domains, projects, accounts, VMs and volumes in it, which go with it; nothing is deleted
     *     when there are backups
     */
    void delete(Caller caller, long id, boolean cleanup) {
        if (cleanup) {
            stores.domains()
                    .find(id)
                    .filter(domain -> domain.removed() == null)
                    .ifPresent(domain -> empty(caller, domain));
        }
        domains.delete(caller, id);
    }

    private void empty(Caller caller, Domain top) {
        Authority.mayChange(caller, top);
        if (top.id() == Domain.ROOT_ID || caller.domain().path().startsWith(top.path())) {
            throw Names.refuse("id", "the caller's own account is in that domain");
        }
        List<Project> allProjects = projectsIn(top);
        List<ListedAccount> allAccounts = accountsIn(top);
        refuseBackups(top, allProjects, allAccounts);
        allProjects.forEach(project -> projects.delete(caller, project.id(), true));
        for (ListedAccount listed : allAccounts) {
            belongings.remove(caller, listed.account().id());
            accounts.delete(caller, listed.account().id());
        }
        domainsIn(top).stream()
                .filter(domain -> domain.id() != top.id())
                .sorted(Comparator.comparing(Domain::level).reversed())
                .forEach(domain -> domains.delete(caller, domain.id()));
    }

    private void refuseBackups(Domain top, List<Project> allProjects, List<ListedAccount> allAccounts) {
        long backups = allProjects.stream()
                        .mapToLong(project -> backupsOf(project.accountId()))
                        .sum()
                + allAccounts.stream()
                        .mapToLong(listed -> backupsOf(listed.account().id()))
                        .sum();
        if (backups > 0) {
            throw new ProviderException(
                    ErrorKind.CONFLICT,
                    "domain " + top.name(),
                    "Domain " + top.displayPath() + " was not deleted: there are " + backups
                            + " backup(s) in it, which are never removed along with something else; delete them first");
        }
    }

    private long backupsOf(long accountId) {
        return stores.accounts().holdings(accountId).backups();
    }

    private List<Project> projectsIn(Domain top) {
        ProjectFilter filter = new ProjectFilter(top.path(), null, null, null, null, null, null, null);
        return stores.projects().page(filter, PageRequest.ALL).items().stream()
                .map(listed -> listed.project())
                .toList();
    }

    private List<ListedAccount> accountsIn(Domain top) {
        AccountFilter filter = new AccountFilter(new OwnerScope.DomainTree(top.path()), null, null, null, null, null);
        return stores.accounts().page(filter, PageRequest.ALL).items();
    }

    private List<Domain> domainsIn(Domain top) {
        Page<ListedDomain> page = stores.domains()
                .page(new DomainFilter(top.path(), null, null, null, null, null, null), PageRequest.ALL);
        return page.items().stream().map(ListedDomain::domain).toList();
    }
}
