/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseListCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.DomainFilter;
import org.cloudstackbackup.framework.identity.ListedDomain;
import org.cloudstackbackup.framework.limit.ResourceLimits;
import org.cloudstackbackup.server.api.ListScopes;
import org.jspecify.annotations.Nullable;

@APICommand(
        name = "listDomains",
        description = "Lists the domains that the caller may see.",
        responseObject = DomainResponse.class,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin})
@SuppressWarnings("NullAway.Init")
public final class ListDomainsCommand extends BaseListCmd {
    @Inject
    private DomainService domains;

    @Inject
    private ResourceLimits limits;

    @Inject
    private Caller caller;

    @Inject
    private ListScopes scopes;

    @Parameter(
            name = "id",
            type = CommandType.UUID,
            entityType = DomainResponse.class,
            description = "only this domain")
    private @Nullable Long id;

    @Parameter(name = "name", type = CommandType.STRING, description = "only domains of this name")
    private @Nullable String name;

    @Parameter(name = "level", type = CommandType.INTEGER, description = "only domains so far below the root")
    private @Nullable Integer level;

    @Parameter(
            name = "listall",
            type = CommandType.BOOLEAN,
            description = "true lists the domains below the caller's as well; root admins see all without it")
    private @Nullable Boolean listAll;

    @Override
    public void execute() {
        Page<ListedDomain> page = domains.page(
                new DomainFilter(caller.domain().path(), idOrOwn(), null, null, level, name, getKeyword()),
                scopes.pageOf(this));
        var figures = limits.ofDomains(
                page.items().stream().map(listed -> listed.domain().id()).toList());
        ListResponse<DomainResponse> response = new ListResponse<>();
        response.setResponses(
                page.items().stream()
                        .map(listed -> new DomainResponse(listed)
                                .using(figures.get(listed.domain().id())))
                        .toList(),
                (int) page.total());
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    private @Nullable Long idOrOwn() {
        boolean all = id != null || caller.isRootAdmin() || Boolean.TRUE.equals(listAll);
        return all ? id : Long.valueOf(caller.domain().id());
    }
}
