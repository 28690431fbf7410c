/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.api;

import java.io.Serializable;

/** Something with an id that only the server knows. */
public interface InternalIdentity extends Serializable {
    long getId();
}
