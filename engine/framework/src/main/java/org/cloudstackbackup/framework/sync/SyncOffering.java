/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.sync;

/** As much of an offering as the adoption of restore points needs. */
public record SyncOffering(long id, String externalId, boolean removed) {}
