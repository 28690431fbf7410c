/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.api;

import org.apache.cloudstack.api.response.ListResponse;

/** A list command with nothing of its own. */
@APICommand(name = "listThings", responseObject = ListResponse.class)
final class ListThingsCmd extends BaseListProjectAndAccountResourcesCmd {
    @Override
    public void execute() {}

    /** Sets a parameter as a dispatcher does: by its name on the wire. */
    ListThingsCmd with(String name, Object value) throws IllegalAccessException {
        for (var field : getParamFields()) {
            if (field.getAnnotation(Parameter.class).name().equals(name)) {
                field.setAccessible(true);
                field.set(this, value);
                return this;
            }
        }
        throw new IllegalArgumentException("no parameter " + name);
    }
}
