/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.api;

/** One name and value that belongs to a row. */
public interface ResourceDetail extends InternalIdentity {
    long getResourceId();

    String getName();

    String getValue();

    boolean isDisplay();
}
