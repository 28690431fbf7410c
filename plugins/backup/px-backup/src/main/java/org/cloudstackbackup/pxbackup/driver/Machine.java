/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import java.util.Optional;
import org.cloudstackbackup.pxbackup.client.ResourceInfo;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRef;

/** A machine of KubeVirt: where it is and what it is called there. */
record Machine(String namespace, String name) {
    static final String NAMESPACE = "kubevirt.namespace";
    static final String NAME = "kubevirt.name";

    /**
     * The machine that the VM's details name.
     *
     * @throws ProviderException {@code USER} when they name none: a machine is never looked for by CloudStack's name alone
     */
    static Machine of(VmRef vm) {
        return new Machine(detail(vm, NAMESPACE), detail(vm, NAME));
    }

    /** Whether the details tie the VM to no machine, as with one that a host has just made. */
    static boolean isNone(VmRef vm) {
        return !vm.details().containsKey(NAMESPACE) || !vm.details().containsKey(NAME);
    }

    private static String detail(VmRef vm, String key) {
        return Optional.ofNullable(vm.details().get(key))
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.USER,
                        "vm " + vm.name(),
                        "VM " + vm.name() + " (" + vm.uuid() + ") has no detail " + key
                                + ", which tells which machine of KubeVirt it is; it is not looked for by its name"));
    }

    /** The claim behind a volume, whose path is {@code namespace/claim} or the claim alone. */
    ClaimName claimOf(VolumeRef volume) {
        String path = volume.path();
        int slash = path.indexOf('/');
        ClaimName claim = slash < 0
                ? new ClaimName(namespace, path)
                : new ClaimName(path.substring(0, slash), path.substring(slash + 1));
        if (claim.namespace().isEmpty()
                || claim.name().isEmpty()
                || claim.name().indexOf('/') >= 0) {
            throw new ProviderException(
                    ErrorKind.USER,
                    "volume " + volume.uuid(),
                    "The path '" + path + "' of volume " + volume.uuid() + " is not namespace/claim");
        }
        return claim;
    }

    /** Whether the claim is where a machine's claims must be. */
    boolean holds(ClaimName claim) {
        return namespace.equals(claim.namespace());
    }

    ResourceInfo resource() {
        return ResourceInfo.virtualMachine(namespace, name);
    }

    boolean is(ResourceInfo resource) {
        return "VirtualMachine".equals(resource.kind())
                && namespace.equals(resource.namespace())
                && name.equals(resource.name());
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }

    /** A claim for a volume. */
    record ClaimName(String namespace, String name) {
        @Override
        public String toString() {
            return namespace + "/" + name;
        }
    }
}
