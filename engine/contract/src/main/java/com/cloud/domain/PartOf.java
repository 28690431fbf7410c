/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.domain;

/** Something inside a domain. */
public interface PartOf {
    /** Internal id of the domain. */
    long getDomainId();
}
