/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.framework.config;

/** Brings settings. */
public interface Configurable {
    /** Name under which the settings are grouped. */
    String getConfigComponentName();

    ConfigKey<?>[] getConfigKeys();
}
