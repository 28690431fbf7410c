/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.inject.Inject;
import org.apache.cloudstack.api.BaseListCmd;
import org.apache.cloudstack.api.BaseResponse;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.apache.cloudstack.api.response.ZoneResponse;
import org.cloudstackbackup.pxbackup.client.ObjectPage;
import org.cloudstackbackup.pxbackup.client.Parameters;
import org.jspecify.annotations.Nullable;

/** What the lists have in common. */
@SuppressWarnings("NullAway.Init")
abstract class PxBackupListCommand extends BaseListCmd {
    @Inject
    private PxBackupOperations operations;

    @Parameter(
            name = "zoneid",
            type = CommandType.UUID,
            entityType = ZoneResponse.class,
            required = true,
            description = "id of the zone whose settings say how PX-Backup is reached")
    private Long zoneId;

    @Parameter(
            name = "orgid",
            type = CommandType.STRING,
            description = "PX-Backup's organisation; that of the zone's settings when missing")
    private @Nullable String orgId;

    final PxBackupOperations operations() {
        return operations;
    }

    final long zoneId() {
        return zoneId;
    }

    /** What the client is given. */
    Parameters parameters() {
        return Parameters.none().with("org_id", orgId);
    }

    final @Nullable String organisation() {
        return orgId;
    }

    /** The page that is asked for. */
    final Window window() {
        Long start = getStartIndex();
        Long size = getPageSizeVal();
        return new Window(start == null ? 0 : start, size == null ? Long.MAX_VALUE : size);
    }

    /** The name that entries contain, by either of two parameters. */
    final @Nullable String filter(@Nullable String nameFilter) {
        String keyword = getKeyword();
        boolean hasKeyword = keyword != null && !keyword.isEmpty();
        if (nameFilter == null || nameFilter.isEmpty()) {
            return hasKeyword ? keyword : null;
        }
        if (hasKeyword && !nameFilter.equals(keyword)) {
            throw Refusal.of("Parameter namefilter says something else than keyword; give one of them");
        }
        return nameFilter;
    }

    final <T> void answer(ObjectPage<T> page, Function<T, ? extends BaseResponse> view) {
        List<BaseResponse> entries = new ArrayList<>();
        page.objects().forEach(each -> entries.add(view.apply(each)));
        Long total = page.total();
        ListResponse<BaseResponse> response = new ListResponse<>();
        response.setResponses(entries, total == null ? entries.size() : Math.toIntExact(total));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }
}
