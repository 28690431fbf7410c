/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.cloudstackbackup.pxbackup.client.BackupLocationObject;
import org.cloudstackbackup.pxbackup.client.ClusterObject;
import org.cloudstackbackup.pxbackup.client.Login;
import org.cloudstackbackup.pxbackup.client.Metadata;
import org.cloudstackbackup.pxbackup.client.OrganizationObject;
import org.cloudstackbackup.pxbackup.client.PxBackupClient;
import org.cloudstackbackup.pxbackup.client.PxBackupConfig;
import org.cloudstackbackup.pxbackup.client.PxBackupException;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;
import org.cloudstackbackup.pxbackup.client.ServerLine;
import org.cloudstackbackup.pxbackup.client.StatusInfo;
import org.cloudstackbackup.pxbackup.command.ConnectionStep.Status;
import org.cloudstackbackup.pxbackup.driver.PxBackupSettings;
import org.jspecify.annotations.Nullable;

/** Tries a connection from the outside in; after a failure nothing that builds on it is tried. For one run. */
final class ConnectionTest {
    private static final List<String> STEPS = List.of(
            "settings",
            "dns",
            "tcp",
            "tls",
            "health",
            "token",
            "version",
            "organisation",
            "permission",
            "cluster",
            "location");
    private static final Set<Reason> WITHOUT_ANSWER =
            EnumSet.of(Reason.UNKNOWN_HOST, Reason.UNREACHABLE, Reason.TLS, Reason.TIMEOUT, Reason.INTERRUPTED);

    private final PxBackupClient client;
    private final PxBackupConfig config;
    private final String cluster;
    private final String location;
    private final List<ConnectionStep> steps = new ArrayList<>();

    /**
     * @param client one that tries each call once
     * @param cluster name or uid; empty when the setting is
     * @param location name or uid; empty when the setting is
     */
    ConnectionTest(PxBackupClient client, PxBackupConfig config, String cluster, String location) {
        this.client = client;
        this.config = config;
        this.cluster = cluster;
        this.location = location;
    }

    /** When there is nothing to try a connection with. */
    static List<ConnectionStep> unusable(String why) {
        List<ConnectionStep> steps = new ArrayList<>();
        steps.add(new ConnectionStep("settings", Status.Failed, why));
        skipRest(steps);
        return List.copyOf(steps);
    }

    List<ConnectionStep> run() {
        ok("settings", config.apiUrl() + ", organisation " + config.organisation());
        if (isReached() && isAnswered()) {
            findObjects();
        }
        skipRest(steps);
        return List.copyOf(steps);
    }

    /** From the name to an answer of the server, without a token. */
    private boolean isReached() {
        URI address = URI.create(config.apiUrl());
        String host = address.getHost();
        try {
            ok("dns", host + " is " + InetAddress.getByName(host).getHostAddress());
        } catch (UnknownHostException e) {
            return failed("dns", "The host " + host + " is unknown to DNS; see setting " + PxBackupSettings.URL);
        }
        PxBackupException failure = failureOf(() -> {
            client.health();
            return true;
        });
        Reason reason = failure == null ? null : failure.reason();
        if (failure != null && (reason == Reason.UNREACHABLE || reason == Reason.UNKNOWN_HOST)) {
            return failed("tcp", text(failure));
        }
        int port = address.getPort();
        ok("tcp", host + " takes connections at port " + (port < 0 ? address.getScheme() + "'s own" : port));
        if (failure != null && reason == Reason.TLS) {
            return failed("tls", TlsProblem.of(failure));
        }
        if ("https".equals(address.getScheme())) {
            ok(
                    "tls",
                    config.tls().verify()
                            ? "The certificate is trusted"
                            : "Not verified: anybody in between can listen");
        } else {
            skipped("tls", "The address is http: token and data go in clear text");
        }
        if (failure != null) {
            return failed("health", text(failure));
        }
        ok("health", "PX-Backup says it is up");
        return true;
    }

    /** Token, version, organisation and permission: what the first calls with a token come to. */
    private boolean isAnswered() {
        Tried<ServerLine> line = Tried.of(client::line);
        Tried<List<OrganizationObject>> organisations =
                Tried.of(() -> client.catalogue().organisations());
        PxBackupException first = line.failure == null ? organisations.failure : line.failure;
        if (first != null && isAboutToken(first)) {
            return failed("token", text(first));
        }
        ok(
                "token",
                config.login() instanceof Login.Password password
                        ? "PX-Central gives user " + password.user() + " a token, and PX-Backup takes it"
                        : "PX-Backup takes the token");
        if (line.failure != null) {
            return failed("version", text(line.failure));
        }
        ok("version", "PX-Backup " + line.value + "; " + ServerLine.OLDEST + " or newer is needed");
        return isOrganisationThere(organisations) && isPermitted();
    }

    private boolean isOrganisationThere(Tried<List<OrganizationObject>> organisations) {
        if (organisations.failure != null && organisations.failure.reason() == Reason.FORBIDDEN) {
            skipped("organisation", "The user may not read which organisations there are");
            return true;
        }
        if (organisations.value == null) {
            return failed("organisation", text(requireNonNull(organisations.failure)));
        }
        List<String> known = names(organisations.value, OrganizationObject::metadata);
        if (!known.contains(config.organisation())) {
            return failed("organisation", missing(config.organisation(), PxBackupSettings.ORGANISATION, known));
        }
        ok("organisation", config.organisation());
        return true;
    }

    private boolean isPermitted() {
        for (Supplier<?> read : List.<Supplier<?>>of(this::clusters, this::locations)) {
            PxBackupException failure = Tried.of(read).failure;
            if (failure != null) {
                return failed("permission", text(failure));
            }
        }
        ok("permission", "Clusters and locations can be read");
        return true;
    }

    /** The issuer may be another server with troubles of its own; PX-Backup itself has answered by now. */
    private boolean isAboutToken(PxBackupException failure) {
        return failure.reason() == Reason.UNAUTHENTICATED
                || (config.login() instanceof Login.Password && WITHOUT_ANSWER.contains(failure.reason()))
                || String.valueOf(failure.getMessage()).contains("/protocol/openid-connect/token");
    }

    private void findObjects() {
        try {
            find(
                    "cluster",
                    clusters(),
                    ClusterObject::metadata,
                    each -> each.clusterInfo() == null
                            ? null
                            : each.clusterInfo().status(),
                    new Wanted(cluster, PxBackupSettings.CLUSTER, List.of("Online")));
            find(
                    "location",
                    locations(),
                    BackupLocationObject::metadata,
                    each -> each.backupLocationInfo() == null
                            ? null
                            : each.backupLocationInfo().status(),
                    new Wanted(location, PxBackupSettings.LOCATION, List.of("Valid", "LimitedAvailability")));
        } catch (PxBackupException e) {
            failed(STEPS.get(steps.size()), text(e));
        }
    }

    private List<ClusterObject> clusters() {
        return client.catalogue().clusters();
    }

    private List<BackupLocationObject> locations() {
        return client.catalogue().locations();
    }

    private <T> void find(
            String step,
            List<T> all,
            Function<T, @Nullable Metadata> metadata,
            Function<T, @Nullable StatusInfo> status,
            Wanted wanted) {
        List<T> found = all.stream()
                .filter(each -> {
                    Metadata known = metadata.apply(each);
                    return known != null && (wanted.name.equals(known.name()) || wanted.name.equals(known.uid()));
                })
                .toList();
        if (found.isEmpty()) {
            failed(step, missing(wanted.name, wanted.setting, names(all, metadata)));
            return;
        }
        if (found.size() > 1) {
            failed(
                    step,
                    found.size() + " are called " + wanted.name + "; give the uid of one in setting " + wanted.setting);
            return;
        }
        StatusInfo state = status.apply(found.get(0));
        String word = state == null || state.status() == null ? "unknown" : state.status();
        String reason =
                state == null || state.reason() == null || state.reason().isEmpty() ? "" : ": " + state.reason();
        if (wanted.goodStates.contains(word)) {
            ok(step, wanted.name + " is " + word);
        } else {
            failed(step, wanted.name + " is " + word + ", not " + wanted.goodStates.get(0) + reason);
        }
    }

    private static String missing(String wanted, String setting, List<String> known) {
        return (wanted.isEmpty()
                        ? "Setting " + setting + " is empty"
                        : "There is no " + wanted + "; see setting " + setting)
                + "; known " + (known.isEmpty() ? "is none" : "are " + String.join(", ", known));
    }

    private static <T> List<String> names(List<T> all, Function<T, @Nullable Metadata> metadata) {
        return all.stream()
                .map(metadata)
                .filter(Objects::nonNull)
                .map(each -> String.valueOf(each.name()))
                .sorted()
                .collect(Collectors.toUnmodifiableList());
    }

    private void ok(String step, String detail) {
        steps.add(new ConnectionStep(step, Status.Ok, detail));
    }

    private void skipped(String step, String detail) {
        steps.add(new ConnectionStep(step, Status.Skipped, detail));
    }

    /** @return false, for who asks whether to go on */
    private boolean failed(String step, String detail) {
        steps.add(new ConnectionStep(step, Status.Failed, detail));
        return false;
    }

    private static void skipRest(List<ConnectionStep> steps) {
        List<String> done = steps.stream().map(ConnectionStep::name).toList();
        STEPS.stream()
                .filter(each -> !done.contains(each))
                .forEach(each -> steps.add(new ConnectionStep(each, Status.Skipped, "Not tried")));
    }

    private static @Nullable PxBackupException failureOf(Supplier<Boolean> call) {
        return Tried.of(call).failure;
    }

    private static String text(PxBackupException failure) {
        return failure.reason() == Reason.TLS ? TlsProblem.of(failure) : String.valueOf(failure.getMessage());
    }

    /** What a step looks for. */
    private record Wanted(String name, String setting, List<String> goodStates) {}

    /** What came of a call. */
    private record Tried<T>(@Nullable T value, @Nullable PxBackupException failure) {
        static <T> Tried<T> of(Supplier<T> call) {
            try {
                return new Tried<>(call.get(), null);
            } catch (PxBackupException e) {
                return new Tried<>(null, e);
            }
        }
    }
}
