/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * A label that a create call puts on its object. The API has no request id, names are unique per owner only, and clocks differ: the
 * label alone tells after a lost answer that the object is ours.
 */
record Marker(String value) {
    static final String LABEL = "cloudstackbackup-request";

    static Marker fresh() {
        return new Marker(UUID.randomUUID().toString());
    }

    void put(ObjectNode body) {
        body.withObjectProperty("metadata").withObjectProperty("labels").put(LABEL, value);
    }

    /** The object with this label, if the call had made it. */
    <T> Optional<T> find(
            Function<Parameters, List<T>> list,
            Target target,
            Function<T, String> name,
            Function<T, Map<String, String>> labels) {
        Parameters search =
                Parameters.none().with("org_id", target.organisation()).with("name_filter", target.name());
        return list.apply(search).stream()
                .filter(each -> name.apply(each).equals(target.name()))
                .filter(each -> value.equals(labels.apply(each).get(LABEL)))
                .findFirst();
    }
}
