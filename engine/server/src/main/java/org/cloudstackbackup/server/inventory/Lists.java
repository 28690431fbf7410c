/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.ResponseObject;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.framework.Page;
import org.jspecify.annotations.Nullable;

/** Pages as list responses. */
final class Lists {
    private Lists() {}

    static <T, R extends ResponseObject> ListResponse<R> of(BaseCmd command, Page<T> page, Function<T, R> view) {
        ListResponse<R> response = new ListResponse<>();
        response.setResponses(page.items().stream().map(view).toList(), (int) page.total());
        response.setResponseName(command.getCommandName());
        return response;
    }

    /** The ids of parameters {@code id} and {@code ids} together. */
    static List<Long> chosen(@Nullable Long id, @Nullable List<Long> ids) {
        List<Long> chosen = new ArrayList<>(ids == null ? List.of() : ids);
        if (id != null) {
            chosen.add(id);
        }
        return chosen;
    }
}
