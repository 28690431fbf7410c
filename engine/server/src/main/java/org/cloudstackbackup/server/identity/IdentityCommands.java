/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.api.BaseCmd;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.identity.Roles;
import org.cloudstackbackup.framework.limit.ResourceLimits;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.server.api.CommandModule;
import org.cloudstackbackup.server.api.EntityLookup;
import org.cloudstackbackup.server.api.EntityLookup.Found;

/** The commands for roles, domains, accounts and users. */
public final class IdentityCommands implements CommandModule {
    private final IdentityStores stores;
    private final DomainService domains;
    private final UserService users;
    private final AccountService accounts;
    private final ProjectService projects;
    private final DomainRemoval removal;
    private final ResourceLimits limits;

    public IdentityCommands(
            IdentityStores stores,
            Passwords passwords,
            Settings settings,
            Belongings belongings,
            ResourceLimits limits,
            Clock clock) {
        this.stores = requireNonNull(stores, "stores is null");
        this.limits = requireNonNull(limits, "limits is null");
        this.domains = new DomainService(stores, clock);
        this.users = new UserService(stores, passwords, clock);
        this.accounts = new AccountService(stores, users, clock);
        this.projects = new ProjectService(stores, settings, belongings, clock);
        this.removal = new DomainRemoval(stores, domains, accounts, projects, belongings);
    }

    @Override
    public List<Class<? extends BaseCmd>> commands() {
        return List.of(
                ActivateProjectCommand.class,
                AddAccountToProjectCommand.class,
                CreateAccountCommand.class,
                CreateDomainCommand.class,
                CreateProjectCommand.class,
                CreateUserCommand.class,
                DeleteAccountCommand.class,
                DeleteAccountFromProjectCommand.class,
                DeleteDomainCommand.class,
                DeleteProjectCommand.class,
                DeleteUserCommand.class,
                DisableAccountCommand.class,
                DisableUserCommand.class,
                EnableAccountCommand.class,
                EnableUserCommand.class,
                GetUserCommand.class,
                GetUserKeysCommand.class,
                LockAccountCommand.class,
                LockUserCommand.class,
                ListAccountsCommand.class,
                ListDomainChildrenCommand.class,
                ListDomainsCommand.class,
                ListProjectAccountsCommand.class,
                ListProjectsCommand.class,
                ListRolesCommand.class,
                ListUsersCommand.class,
                RegisterUserKeysCommand.class,
                SuspendProjectCommand.class,
                UpdateAccountCommand.class,
                UpdateDomainCommand.class,
                UpdateProjectCommand.class,
                UpdateUserCommand.class);
    }

    @Override
    public Map<Class<?>, Object> services() {
        return Map.of(
                DomainService.class, domains,
                DomainRemoval.class, removal,
                AccountService.class, accounts,
                UserService.class, users,
                ProjectService.class, projects,
                ResourceLimits.class, limits,
                Roles.class, stores.roles());
    }

    @Override
    public List<EntityLookup> lookups() {
        return List.of(
                new EntityLookup(
                        DomainResponse.class,
                        uuid -> stores.domains()
                                .findByUuid(uuid)
                                .map(domain -> new Found(domain.id(), domain.uuid(), Owner.ofDomain(domain)))),
                new EntityLookup(
                        AccountResponse.class,
                        uuid -> stores.accounts()
                                .findByUuid(uuid)
                                .flatMap(account -> stores.accounts()
                                        .owner(account.id())
                                        .map(owner -> new Found(account.id(), account.uuid(), owner)))),
                new EntityLookup(
                        UserResponse.class,
                        uuid -> stores.users()
                                .findByUuid(uuid)
                                .map(found -> new Found(
                                        found.user().id(), found.user().uuid(), found.owner()))),
                new EntityLookup(
                        ProjectResponse.class,
                        uuid -> stores.projects()
                                .findByUuid(uuid)
                                .flatMap(project -> stores.projects()
                                        .owner(project.id())
                                        .map(owner -> new Found(project.id(), project.uuid(), owner)))),
                new EntityLookup(
                        RoleResponse.class,
                        uuid -> stores.roles().findByUuid(uuid).map(role -> new Found(role.id(), role.uuid(), null))));
    }
}
