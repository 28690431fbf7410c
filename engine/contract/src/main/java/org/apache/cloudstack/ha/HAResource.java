/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.ha;

import org.apache.cloudstack.kernel.Partition;

/** Something that high availability looks after; the host's own members are left out. */
public interface HAResource extends Partition {}
