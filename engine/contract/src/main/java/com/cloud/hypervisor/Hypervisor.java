/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.hypervisor;

/** Holds {@link HypervisorType}. */
public class Hypervisor {
    /** One kind of hypervisor; a class, since plug-ins bring more. The host's own members are left out. */
    public static class HypervisorType {
        public static final HypervisorType KVM = new HypervisorType("KVM");
        public static final HypervisorType VMware = new HypervisorType("VMware");
        public static final HypervisorType Simulator = new HypervisorType("Simulator");
        public static final HypervisorType External = new HypervisorType("External");

        private final String name;

        public HypervisorType(String name) {
            this.name = name;
        }

        public String name() {
            return name;
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
