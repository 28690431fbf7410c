/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.kube;

import java.util.LinkedHashMap;
import java.util.Map;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.content.ItemStream;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.jspecify.annotations.Nullable;

/** Lists the names of objects, for questions about what is there: the right to list is the only one that an export has. */
public final class ListedNames {
    private static final String PAGE = "500";
    private static final int MOST_RESTARTS = 3;

    private ListedNames() {}

    /** The uids of all objects below a path, by name, in the order of the list. */
    public static Map<String, String> all(ApiServer server, Retry retry, String path) {
        return ask(server, retry, path, Map.of("limit", PAGE));
    }

    /** The uid of the object with the name, by its name; empty when there is none. */
    public static Map<String, String> one(ApiServer server, Retry retry, String path, String name) {
        Map<String, String> found =
                new LinkedHashMap<>(ask(server, retry, path, Map.of("fieldSelector", "metadata.name=" + name)));
        found.keySet().retainAll(java.util.Set.of(name));
        return found;
    }

    private static Map<String, String> ask(ApiServer server, Retry retry, String path, Map<String, String> parameters) {
        for (int restarts = 0; ; restarts++) {
            try {
                return pages(server, retry, path, parameters);
            } catch (CallFailed e) {
                if (e.errorClass() != ErrorClass.EXPIRED || restarts >= MOST_RESTARTS) {
                    throw e;
                }
            }
        }
    }

    private static Map<String, String> pages(
            ApiServer server, Retry retry, String path, Map<String, String> parameters) {
        Map<String, String> uids = new LinkedHashMap<>();
        Map<String, String> query = new LinkedHashMap<>(parameters);
        ItemStream stream = new ItemStream(false, false);
        String token;
        do {
            token = retry.call("LIST " + path, () -> server.list(path, query, stream, sink(uids)))
                    .continueToken();
            query.put("continue", token);
        } while (!token.isEmpty());
        return uids;
    }

    private static ItemStream.Sink sink(Map<String, String> uids) {
        return new ItemStream.Sink() {
            @Override
            public boolean wants(Map<String, @Nullable Object> metadata) {
                uids.put(JsonTree.text(metadata, "name"), JsonTree.text(metadata, "uid"));
                return false;
            }

            @Override
            public void accept(ItemStream.Item item) {
                throw new IllegalStateException("No item was wanted");
            }
        };
    }
}
