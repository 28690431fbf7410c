/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.utils.component;

import java.util.List;

/** Start of an adapter; its name is its class's simple name unless set. */
public class AdapterBase extends ComponentLifecycleBase implements Adapter, ComponentMethodInterceptable {
    /** The adapter of that name in any case, or null. */
    public static <T extends Adapter> T getAdapterByName(List<T> adapters, String name) {
        for (T adapter : adapters) {
            if (adapter.getName().equalsIgnoreCase(name)) {
                return adapter;
            }
        }
        return null;
    }
}
