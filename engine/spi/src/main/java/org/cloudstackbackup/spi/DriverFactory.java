/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.spi;

import java.util.List;
import java.util.Set;

/**
 * One backup product: what it is called, what it can be told, and how to reach it from one zone.
 *
 * <p>Implementations are stateless and safe for use by many threads.
 */
public interface DriverFactory {
    /** The provider's name as users write it: lower case, {@code [a-z0-9-]+}, never changed once released. */
    String name();

    /** One sentence for people. */
    String description();

    /** What this product can do; the same for every zone. */
    Set<Capability> capabilities();

    /** The settings this driver reads, all below {@code backup.plugin.<name>.}; the framework stores and checks them. */
    List<SettingDefinition> settings();

    /**
     * Makes a driver for one zone. Does not contact the product.
     *
     * @throws ProviderException {@code USER} when the settings of the zone do not fit together; the message names them
     */
    BackupDriver open(ZoneContext zone);
}
