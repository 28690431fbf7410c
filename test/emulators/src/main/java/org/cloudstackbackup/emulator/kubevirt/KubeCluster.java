/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.kubevirt;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import org.cloudstackbackup.emulator.kubevirt.VirtualMachine.Phase;

/** What is on one cluster. For many threads: each call happens under the guard, at the emulator's present. */
public final class KubeCluster {
    private final Guard guard;
    private final Map<String, Map<String, String>> namespaces = new TreeMap<>();
    private final Map<String, VirtualMachine> machines = new TreeMap<>();
    private final Map<String, Claim> claims = new TreeMap<>();

    public KubeCluster(Guard guard) {
        this.guard = requireNonNull(guard, "guard is null");
    }

    /** Adds a namespace, or sets the labels of one that is there. */
    public KubeCluster putNamespace(String name, Map<String, String> labels) {
        return change(() -> namespaces.put(name, Map.copyOf(labels)));
    }

    /** Takes a namespace away with everything in it. */
    public KubeCluster removeNamespace(String name) {
        return change(() -> {
            namespaces.remove(name);
            machines.values().removeIf(each -> each.namespace().equals(name));
            claims.values().removeIf(each -> each.namespace().equals(name));
        });
    }

    /** Adds or replaces a machine; its namespace comes with it. */
    public KubeCluster put(VirtualMachine machine) {
        return change(() -> {
            namespaces.putIfAbsent(machine.namespace(), Map.of());
            machines.put(key(machine.namespace(), machine.name()), machine);
        });
    }

    /** Adds or replaces a claim; its namespace comes with it. */
    public KubeCluster put(Claim claim) {
        return change(() -> {
            namespaces.putIfAbsent(claim.namespace(), Map.of());
            claims.put(key(claim.namespace(), claim.name()), claim);
        });
    }

    /** Takes the machine away; its claims stay. */
    public KubeCluster removeMachine(String namespace, String name) {
        return change(() -> machines.remove(key(namespace, name)));
    }

    public KubeCluster removeClaim(String namespace, String name) {
        return change(() -> claims.remove(key(namespace, name)));
    }

    /** Replaces what is on a volume; that many bytes count as written as the text is long. */
    public KubeCluster write(String namespace, String claim, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return write(namespace, claim, bytes, bytes.length);
    }

    /** Replaces what is on a volume. */
    public KubeCluster write(String namespace, String claim, byte[] bytes, long count) {
        return change(() -> {
            Claim before = claims.get(key(namespace, claim));
            if (before == null) {
                throw new NoSuchElementException("There is no claim " + key(namespace, claim));
            }
            claims.put(
                    key(namespace, claim), before.withContent(before.content().after(bytes, count, before.size())));
        });
    }

    /** Starts, stops or pauses a machine. */
    public KubeCluster phase(String namespace, String name, Phase phase) {
        return change(() -> {
            VirtualMachine before = machine(namespace, name)
                    .orElseThrow(() -> new NoSuchElementException("There is no machine " + key(namespace, name)));
            machines.put(key(namespace, name), before.withPhase(phase));
        });
    }

    public Optional<VirtualMachine> machine(String namespace, String name) {
        return guard.inside(() -> Optional.ofNullable(machines.get(key(namespace, name))));
    }

    public Optional<Claim> claim(String namespace, String name) {
        return guard.inside(() -> Optional.ofNullable(claims.get(key(namespace, name))));
    }

    public List<VirtualMachine> machines() {
        return guard.inside(() -> new ArrayList<>(machines.values()));
    }

    public List<Claim> claims() {
        return guard.inside(() -> new ArrayList<>(claims.values()));
    }

    /** The labels of each namespace. */
    public Map<String, Map<String, String>> namespaces() {
        return guard.inside(() -> new TreeMap<>(namespaces));
    }

    /** True when a machine that runs or is paused has the claim. */
    public boolean inUse(String namespace, String claim) {
        return machines().stream()
                .anyMatch(each -> each.namespace().equals(namespace)
                        && each.phase() != Phase.STOPPED
                        && each.claims().contains(claim));
    }

    private KubeCluster change(Runnable action) {
        return guard.inside(() -> {
            action.run();
            return this;
        });
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }
}
