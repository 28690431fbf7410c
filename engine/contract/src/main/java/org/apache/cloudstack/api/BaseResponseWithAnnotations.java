/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.api;

/** An answer about something that people may comment on. */
public abstract class BaseResponseWithAnnotations extends BaseResponse {
    public BaseResponseWithAnnotations() {}
}
