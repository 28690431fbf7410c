/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.kubevirt;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * A KubeVirt virtual machine.
 *
 * @param agent whether the guest agent is connected
 * @param mac empty when the cluster chooses one
 * @param claims names in the same namespace
 */
public record VirtualMachine(
        String namespace,
        String name,
        String uid,
        String osName,
        Phase phase,
        boolean agent,
        String mac,
        List<String> claims,
        List<String> configMaps,
        List<String> secrets,
        Map<String, String> labels) {
    public VirtualMachine {
        requireNonNull(namespace, "namespace is null");
        requireNonNull(name, "name is null");
        requireNonNull(uid, "uid is null");
        requireNonNull(osName, "osName is null");
        requireNonNull(phase, "phase is null");
        requireNonNull(mac, "mac is null");
        claims = List.copyOf(claims);
        configMaps = List.copyOf(configMaps);
        secrets = List.copyOf(secrets);
        labels = Map.copyOf(labels);
    }

    /** A new running machine with a guest agent and one secret. */
    public static VirtualMachine of(String namespace, String name, String... claims) {
        return new VirtualMachine(
                namespace,
                name,
                Claim.newUid(),
                "Fedora",
                Phase.RUNNING,
                true,
                "02:00:00:00:00:01",
                List.of(claims),
                List.of(),
                List.of(name + "-cloudinit"),
                Map.of("kubevirt.io/vm", name));
    }

    public VirtualMachine withPhase(Phase changed) {
        return new VirtualMachine(
                namespace, name, uid, osName, changed, agent, mac, claims, configMaps, secrets, labels);
    }

    public VirtualMachine withLabels(Map<String, String> changed) {
        return new VirtualMachine(
                namespace, name, uid, osName, phase, agent, mac, claims, configMaps, secrets, changed);
    }

    /** The machine as a restore creates it: new identity, perhaps elsewhere, perhaps without its address. */
    public VirtualMachine restored(String target, boolean keepMac, boolean start) {
        return new VirtualMachine(
                target,
                name,
                Claim.newUid(),
                osName,
                start ? Phase.RUNNING : Phase.STOPPED,
                agent,
                keepMac ? mac : "",
                claims,
                configMaps,
                secrets,
                labels);
    }

    /** What the machine does. */
    public enum Phase {
        RUNNING,
        STOPPED,
        PAUSED
    }
}
