/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import com.cloud.exception.PermissionDeniedException;
import java.util.Optional;
import org.apache.cloudstack.api.BaseListCmd;
import org.apache.cloudstack.api.IBaseListAccountResourcesCmd;
import org.apache.cloudstack.api.IBaseListDomainResourcesCmd;
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
    private final Caller caller;
    private final Tenants tenants;

    CallerScopes(Caller caller, Tenants tenants) {
        this.caller = caller;
        this.tenants = tenants;
    }

    @Override
    public OwnerScope scopeOf(BaseListCmd command, boolean hasId) {
        Long domainId = command instanceof IBaseListDomainResourcesCmd list ? list.getDomainId() : null;
        String account = command instanceof IBaseListAccountResourcesCmd list ? list.getAccountName() : null;
        boolean listAll = command instanceof IBaseListDomainResourcesCmd list && list.listAll();
        boolean recursive = command instanceof IBaseListDomainResourcesCmd list && list.isRecursive();
        if (account != null && !account.isEmpty()) {
            return oneAccount(account, domainId);
        }
        if (domainId != null && domainId != -1) {
            return inDomain(domainId, recursive);
        }
        return listAll || hasId
                ? wholeReach()
                : new OwnerScope.OneAccount(caller.account().id());
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
            case USER -> new OwnerScope.OneAccount(caller.account().id());
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
                return new OwnerScope.OneAccount(caller.account().id());
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
