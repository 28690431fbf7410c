/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge.fake;

import com.cloud.host.HostVO;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table of hosts, by address. */
public final class Hosts extends Table<HostVO> {
    private final Map<String, HostVO> byAddress = new HashMap<>();

    public void add(String address) {
        byAddress.put(address, new HostVO(address));
    }

    public @Nullable HostVO findByIp(String address) {
        return byAddress.get(address);
    }
}
