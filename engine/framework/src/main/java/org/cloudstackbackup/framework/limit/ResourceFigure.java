/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.limit;

import static java.util.Objects.requireNonNull;

/**
 * How much of one type somebody uses and may use.
 *
 * @param limit in the unit of the type; {@link ResourceType#UNLIMITED} for none
 * @param used in the unit of the type
 */
public record ResourceFigure(ResourceType type, long limit, long used) {
    private static final String UNLIMITED = "Unlimited";

    public ResourceFigure {
        requireNonNull(type, "type is null");
    }

    /** The limit in the API's unit; -1 for none. */
    public long apiLimit() {
        return limit == ResourceType.UNLIMITED ? ResourceType.UNLIMITED : limit / type.apiUnit();
    }

    /** The limit as CloudStack's objects show it. */
    public String limitText() {
        return limit == ResourceType.UNLIMITED ? UNLIMITED : Long.toString(limit / type.apiUnit());
    }

    /** What is used in the API's unit, begun ones counted whole. */
    public long total() {
        return -Math.floorDiv(-used, type.apiUnit());
    }

    /** What is left as CloudStack's objects show it; nothing is left of a limit that was lowered below the use. */
    public String availableText() {
        return limit == ResourceType.UNLIMITED
                ? UNLIMITED
                : Long.toString(Math.max(0, Math.floorDiv(limit - used, type.apiUnit())));
    }
}
