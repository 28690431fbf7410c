/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRef;
import org.jspecify.annotations.Nullable;

/** Makes {@link RestorePoint}s for tests; every part has a usable value. Not safe for use by several threads. */
public final class RestorePointBuilder {
    private final VmRef vm;
    private String id = "point-" + Requests.token();
    private @Nullable String vmUuid;
    private @Nullable String offeringExternalId = "gold-policy";
    private Instant created = SettableClock.START;
    private long sizeBytes = 4096;

    private RestorePointBuilder(VmRef vm) {
        this.vm = requireNonNull(vm, "vm is null");
        this.vmUuid = vm.uuid();
    }

    /** A full point of all volumes of the VM, made at {@link SettableClock#START} under {@code gold-policy}. */
    public static RestorePointBuilder pointOf(VmRef vm) {
        return new RestorePointBuilder(vm);
    }

    public RestorePointBuilder id(String value) {
        id = requireNonNull(value, "value is null");
        return this;
    }

    /** Null as for a product that cannot tell which VM it was. */
    public RestorePointBuilder vmUuid(@Nullable String value) {
        vmUuid = value;
        return this;
    }

    public RestorePointBuilder offering(@Nullable String externalId) {
        offeringExternalId = externalId;
        return this;
    }

    public RestorePointBuilder created(Instant value) {
        created = requireNonNull(value, "value is null");
        return this;
    }

    public RestorePointBuilder sizeBytes(long value) {
        sizeBytes = value;
        return this;
    }

    public RestorePoint build() {
        long protectedBytes =
                vm.volumes().stream().mapToLong(VolumeRef::sizeBytes).sum();
        return new RestorePoint(
                id, vmUuid, vm.name(), offeringExternalId, created, "FULL", sizeBytes, protectedBytes, vm.volumes());
    }
}
