/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import org.apache.cloudstack.api.BaseResponse;

/** A template. */
public final class TemplateResponse extends BaseResponse {
    public TemplateResponse() {
        setObjectName("template");
    }
}
