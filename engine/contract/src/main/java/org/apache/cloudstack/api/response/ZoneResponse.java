/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.api.response;

import org.apache.cloudstack.api.BaseResponseWithAnnotations;

/** Stands for a zone as the type of a parameter; each host answers with fields of its own. */
public class ZoneResponse extends BaseResponseWithAnnotations implements SetResourceIconResponse {
    public ZoneResponse() {}
}
