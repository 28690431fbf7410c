/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import org.apache.cloudstack.api.BaseResponse;

/** A zone. */
public final class ZoneResponse extends BaseResponse {
    public ZoneResponse() {
        setObjectName("zone");
    }
}
