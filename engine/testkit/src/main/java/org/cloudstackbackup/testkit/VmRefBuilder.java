/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.testkit;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRef;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link VmRef}s for tests; every part has a usable value. Not safe for use by several threads.
 *
 * <pre>{@code
 * VmRef vm = VmRefBuilder.vm("web-1").volume("root.raw", 1L << 30).volume("data.raw", 1L << 20).build();
 * }</pre>
 */
public final class VmRefBuilder {
    private final String name;
    private final List<VolumeRef> volumes = new ArrayList<>();
    private final Map<String, String> details = new HashMap<>();
    private String uuid = UUID.randomUUID().toString();
    private @Nullable String externalId;

    private VmRefBuilder(String name) {
        this.name = requireNonNull(name, "name is null");
    }

    /** A VM of that name with a random uuid and, so far, no volume. */
    public static VmRefBuilder vm(String name) {
        return new VmRefBuilder(name);
    }

    /** The same VM again, to change a part of it; volumes are kept. */
    public static VmRefBuilder copyOf(VmRef vm) {
        var copy = new VmRefBuilder(vm.name());
        copy.uuid = vm.uuid();
        copy.externalId = vm.externalId();
        copy.volumes.addAll(vm.volumes());
        copy.details.putAll(vm.details());
        return copy;
    }

    public VmRefBuilder uuid(String value) {
        uuid = requireNonNull(value, "value is null");
        return this;
    }

    public VmRefBuilder externalId(@Nullable String value) {
        externalId = value;
        return this;
    }

    public VmRefBuilder detail(String key, String value) {
        details.put(key, value);
        return this;
    }

    /** Adds a volume with a random uuid; the first one is the root volume, device ids count from 0. */
    public VmRefBuilder volume(String path, long sizeBytes) {
        return volume(UUID.randomUUID().toString(), path, sizeBytes);
    }

    /** As {@link #volume(String, long)}, with a uuid of the test's choice. */
    public VmRefBuilder volume(String volumeUuid, String path, long sizeBytes) {
        volumes.add(new VolumeRef(volumeUuid, path, volumes.isEmpty(), sizeBytes, volumes.size()));
        return this;
    }

    /** Replaces all volumes. */
    public VmRefBuilder volumes(List<VolumeRef> values) {
        volumes.clear();
        volumes.addAll(values);
        return this;
    }

    public VmRef build() {
        return new VmRef(uuid, name, "i-2-" + name + "-VM", externalId, volumes, details);
    }
}
