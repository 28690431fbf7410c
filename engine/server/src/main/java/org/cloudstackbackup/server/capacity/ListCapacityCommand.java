/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.capacity;

import java.util.Comparator;
import java.util.List;
import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseListCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.sync.BackupSyncs;
import org.cloudstackbackup.framework.sync.ZoneCapacity;
import org.cloudstackbackup.server.api.ListScopes;
import org.cloudstackbackup.server.inventory.ZoneResponse;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/** Lists the capacities of zones; there is one kind, backup storage. */
@APICommand(
        name = "listCapacity",
        description = "Lists the capacities of zones; this server knows one kind, backup storage (type 21).",
        responseObject = CapacityResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings({"NullAway.Init", "UnusedVariable"})
public final class ListCapacityCommand extends BaseListCmd {
    @Inject
    private BackupSyncs syncs;

    @Inject
    private ListScopes scopes;

    @Parameter(
            name = "zoneid",
            type = CommandType.UUID,
            entityType = ZoneResponse.class,
            description = "only capacities of this zone")
    private @Nullable Long zoneId;

    @Parameter(name = "type", type = CommandType.INTEGER, description = "only capacities of this kind")
    private @Nullable Integer type;

    @Parameter(
            name = "fetchlatest",
            type = CommandType.BOOLEAN,
            description = "whether the providers are asked again soon; the answer is what they told last")
    private @Nullable Boolean fetchLatest;

    @Parameter(name = "sortby", type = CommandType.STRING, description = "usage puts the fullest first")
    private @Nullable String sortBy;

    @Parameter(name = "podid", type = CommandType.STRING, description = "accepted; there are no pods")
    private @Nullable String podId;

    @Parameter(name = "clusterid", type = CommandType.STRING, description = "accepted; there are no clusters")
    private @Nullable String clusterId;

    @Override
    public void execute() {
        List<ZoneCapacity> all = found();
        PageRequest page = scopes.pageOf(this);
        ListResponse<CapacityResponse> response = new ListResponse<>();
        response.setResponses(
                all.stream()
                        .skip(page.offset())
                        .limit(page.limit())
                        .map(CapacityResponse::new)
                        .toList(),
                all.size());
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    private List<ZoneCapacity> found() {
        if (sortBy != null && !sortBy.equalsIgnoreCase("usage")) {
            throw new ProviderException(
                    ErrorKind.USER, "sortby", "Parameter sortby is '" + sortBy + "'; allowed is usage");
        }
        if (podId != null || clusterId != null || (type != null && type != CapacityResponse.BACKUP_STORAGE)) {
            return List.of();
        }
        List<ZoneCapacity> all = syncs.capacities(zoneId);
        if (Boolean.TRUE.equals(fetchLatest)) {
            all.forEach(capacity -> syncs.requestIfEnabled(capacity.zone().id()));
        }
        return sortBy == null
                ? all
                : all.stream()
                        .sorted(Comparator.comparing(ZoneCapacity::fraction).reversed())
                        .toList();
    }
}
