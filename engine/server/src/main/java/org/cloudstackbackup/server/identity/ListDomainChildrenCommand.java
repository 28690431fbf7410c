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
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.DomainFilter;
import org.cloudstackbackup.framework.identity.ListedDomain;
import org.cloudstackbackup.framework.limit.ResourceLimits;
import org.cloudstackbackup.server.api.ListScopes;
import org.jspecify.annotations.Nullable;

@APICommand(
        name = "listDomainChildren",
        description = "Lists the domains below a domain.",
        responseObject = DomainResponse.class,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin})
@SuppressWarnings("NullAway.Init")
public final class ListDomainChildrenCommand extends BaseListCmd {
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
            description = "the domain; the caller's own when absent")
    private @Nullable Long id;

    @Parameter(name = "name", type = CommandType.STRING, description = "only domains of this name")
    private @Nullable String name;

    @Parameter(
            name = "isrecursive",
            type = CommandType.BOOLEAN,
            description = "true for the whole tree below, false (the default) for the children only")
    private @Nullable Boolean recursive;

    @Parameter(name = "listall", type = CommandType.BOOLEAN, description = "true is the same as isrecursive=true")
    private @Nullable Boolean listAll;

    @Override
    public void execute() {
        Domain top = domains.required(caller, id);
        Long parent = Boolean.TRUE.equals(recursive) || Boolean.TRUE.equals(listAll) ? null : Long.valueOf(top.id());
        Page<ListedDomain> page = domains.page(
                new DomainFilter(top.path(), null, parent, top.id(), null, name, getKeyword()), scopes.pageOf(this));
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
}
