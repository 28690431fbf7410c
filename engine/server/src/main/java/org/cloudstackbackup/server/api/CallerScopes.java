/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import com.cloud.exception.InvalidParameterValueException;
import com.cloud.exception.PermissionDeniedException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.cloudstack.api.BaseListCmd;
import org.apache.cloudstack.api.IBaseListAccountResourcesCmd;
import org.apache.cloudstack.api.IBaseListDomainResourcesCmd;
import org.apache.cloudstack.api.IBaseListProjectAndAccountResourcesCmd;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.cloudstackbackup.framework.identity.RoleType;
import org.jspecify.annotations.Nullable;

/** What one caller's lists cover. */
final class CallerScopes implements ListScopes {
    private static final long ALL_PROJECTS = -1;

    private final Caller caller;
    private final Tenants tenants;

    CallerScopes(Caller caller, Tenants tenants) {
        this.caller = caller;
        this.tenants = tenants;
    }

    @Override
    public OwnerScope scopeOf(BaseListCmd command, boolean hasId) {
        Long domainId = command instanceof IBaseListDomainResourcesCmd list ? list.getDomainId() : null;
        Long projectId = projectOf(command);
        String account = command instanceof IBaseListAccountResourcesCmd list ? list.getAccountName() : null;
        boolean listAll = command instanceof IBaseListDomainResourcesCmd list && list.listAll();
        boolean recursive = command instanceof IBaseListDomainResourcesCmd list && list.isRecursive();
        if (projectId != null) {
            refuseBoth(account);
            return projectId == ALL_PROJECTS ? projects(listAll) : oneProject(projectId);
        }
        if (account != null && !account.isEmpty()) {
            return oneAccount(account, domainId);
        }
        if (domainId != null && domainId != -1) {
            return besidesProjects(command, hasId, inDomain(domainId, recursive));
        }
        if (!listAll && !hasId) {
            return own();
        }
        return besidesProjects(command, hasId, hasId ? reach() : wholeReach());
    }

    private static @Nullable Long projectOf(BaseListCmd command) {
        return command instanceof IBaseListProjectAndAccountResourcesCmd list ? list.getProjectId() : null;
    }

    private static void refuseBoth(@Nullable String account) {
        if (account != null && !account.isEmpty()) {
            throw new InvalidParameterValueException(
                    "Parameters account and projectid cannot be given together: what a project owns belongs to no account");
        }
    }

    /** As in CloudStack, what projects own is listed only for those who ask for projects, or for an object by its id. */
    private static OwnerScope besidesProjects(BaseListCmd command, boolean hasId, OwnerScope scope) {
        boolean ofProjects = command instanceof IBaseListProjectAndAccountResourcesCmd;
        return hasId || !ofProjects || scope instanceof OwnerScope.OneAccount
                ? scope
                : new OwnerScope.WithoutProjects(scope);
    }

    /** All projects of the caller: those of the subtree for admins, else those that the caller belongs to. */
    private OwnerScope projects(boolean listAll) {
        if (caller.role().type() == RoleType.USER) {
            return listAll
                    ? reach()
                    : new OwnerScope.Accounts(caller.memberships().accounts());
        }
        return listAll ? wholeReach() : new OwnerScope.OnlyProjects(wholeReach());
    }

    private OwnerScope oneProject(long id) {
        Owner owner = tenants.findProject(id)
                .filter(caller::mayReach)
                .orElseThrow(() -> new PermissionDeniedException(
                        "Parameter projectid: there is no such project that the caller may list"));
        return new OwnerScope.OneAccount(owner.accountId());
    }

    /** Everything that the caller may use, projects included. */
    private OwnerScope reach() {
        Set<Long> projects =
                caller.role().type() == RoleType.USER ? caller.memberships().accounts() : Set.of();
        if (projects.isEmpty()) {
            return wholeReach();
        }
        Set<Long> accounts = new HashSet<>(projects);
        accounts.add(caller.account().id());
        return new OwnerScope.Accounts(accounts);
    }

    private OwnerScope own() {
        return new OwnerScope.OneAccount(caller.account().id());
    }

    @Override
    public PageRequest pageOf(BaseListCmd command) {
        Long size = command.getPageSizeVal();
        Long start = command.getStartIndex();
        if (size == null || start == null) {
            return PageRequest.ALL;
        }
        return new PageRequest(start, (int) Math.min(size, Integer.MAX_VALUE));
    }

    private OwnerScope wholeReach() {
        return switch (caller.role().type()) {
            case ADMIN -> new OwnerScope.All();
            case RESOURCE_ADMIN, DOMAIN_ADMIN ->
                new OwnerScope.DomainTree(caller.domain().path());
            case USER -> own();
        };
    }

    private OwnerScope oneAccount(String name, @Nullable Long domainId) {
        long where = domainId == null ? caller.domain().id() : domainId;
        Optional<Domain> domain = tenants.findDomain(where);
        Optional<Account> account = tenants.findAccount(name, where);
        if (domain.isEmpty()
                || account.isEmpty()
                || !caller.mayReach(
                        new Owner(account.get().id(), where, domain.get().path()))) {
            throw new PermissionDeniedException(
                    "Parameter account: there is no account " + name + " in that domain that the caller may list");
        }
        return new OwnerScope.OneAccount(account.get().id());
    }

    private OwnerScope inDomain(long domainId, boolean recursive) {
        Optional<Domain> domain = tenants.findDomain(domainId);
        if (caller.role().type() == RoleType.USER) {
            if (domainId == caller.domain().id()) {
                return own();
            }
            throw outOfReach();
        }
        if (domain.isEmpty()
                || !(caller.isRootAdmin()
                        || domain.get().path().startsWith(caller.domain().path()))) {
            throw outOfReach();
        }
        return recursive ? new OwnerScope.DomainTree(domain.get().path()) : new OwnerScope.OneDomain(domainId);
    }

    /** The same for a domain that is not the caller's and for one that does not exist. */
    private static PermissionDeniedException outOfReach() {
        return new PermissionDeniedException("Parameter domainid: there is no such domain that the caller may list");
    }
}
