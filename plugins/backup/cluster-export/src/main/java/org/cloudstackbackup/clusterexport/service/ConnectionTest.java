/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.service;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.config.InvalidConfiguration;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.kube.ApiServer;
import org.cloudstackbackup.clusterexport.kube.KubeConfig;
import org.cloudstackbackup.clusterexport.service.ConnectionTest.Step.Status;
import org.jspecify.annotations.Nullable;

/** Tries a connection step by step, until one does not work. An instance runs once. */
public final class ConnectionTest {
    private static final List<String> STEPS = List.of("kubeconfig", "dns", "tcp", "tls", "token", "permission");
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
    private static final int CONNECT_MILLIS = 5_000;

    /** What an export of everything lists; the group after the dot. */
    private static final List<String> LISTED = List.of(
            "namespaces",
            "configmaps",
            "secrets",
            "services",
            "serviceaccounts",
            "pods",
            "persistentvolumes",
            "persistentvolumeclaims",
            "deployments.apps",
            "statefulsets.apps",
            "daemonsets.apps",
            "jobs.batch",
            "cronjobs.batch",
            "ingresses.networking.k8s.io",
            "networkpolicies.networking.k8s.io",
            "roles.rbac.authorization.k8s.io",
            "rolebindings.rbac.authorization.k8s.io",
            "clusterroles.rbac.authorization.k8s.io",
            "clusterrolebindings.rbac.authorization.k8s.io",
            "customresourcedefinitions.apiextensions.k8s.io");

    private final List<Step> steps = new ArrayList<>();

    private ConnectionTest() {}

    /**
     * A step and how it went.
     *
     * @param name kubeconfig, dns, tcp, tls, token or permission
     * @param detail what was found, or what is wrong; never holds a secret
     */
    public record Step(String name, Status status, String detail) {
        /** How a step went. */
        public enum Status {
            OK,
            FAILED,
            /** An earlier step failed, or there is nothing to try. */
            SKIPPED
        }
    }

    /** All steps in their order; what does not work is told in them, not thrown. Takes half a minute at most. */
    public static List<Step> run(ClusterAccess access) {
        ConnectionTest test = new ConnectionTest();
        test.all(access);
        List<String> done = test.steps.stream().map(Step::name).toList();
        STEPS.stream()
                .filter(name -> !done.contains(name))
                .forEach(name -> test.steps.add(new Step(name, Status.SKIPPED, "Not tried")));
        return List.copyOf(test.steps);
    }

    private void all(ClusterAccess access) {
        Config config;
        ApiServer server;
        try {
            config = KubeConfig.ofText(access.kubeconfig(), access.context());
            server = new ApiServer(config, CALL_TIMEOUT);
        } catch (InvalidConfiguration e) {
            failed("kubeconfig", String.join("; ", e.problems()).replaceFirst("^KUBECONFIG \\(kubeconfig\\): ", ""));
            return;
        } catch (RuntimeException e) {
            // Its message may quote a key.
            failed(
                    "kubeconfig",
                    "a certificate or key in it cannot be used: " + e.getClass().getSimpleName());
            return;
        }
        try (server) {
            ok("kubeconfig", server.address());
            if (isReached(URI.create(server.address())) && isAnswered(server) && isKnown(server)) {
                isPermitted(server);
            }
        }
    }

    private boolean isReached(URI address) {
        String host = address.getHost();
        if (host == null) {
            return failed("dns", "the server's address has no host");
        }
        InetAddress[] found;
        try {
            found = InetAddress.getAllByName(host.replaceAll("[\\[\\]]", ""));
        } catch (UnknownHostException e) {
            return failed("dns", "the host " + host + " is unknown to DNS");
        }
        ok("dns", host + " is " + found[0].getHostAddress());
        int port =
                address.getPort() >= 0 ? address.getPort() : address.getScheme().equals("https") ? 443 : 80;
        String problem = "";
        for (InetAddress each : found) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(each, port), CONNECT_MILLIS);
                return ok("tcp", each.getHostAddress() + " takes connections at port " + port);
            } catch (IOException e) {
                problem = each.getHostAddress() + " takes no connection at port " + port + ": " + e.getMessage();
            }
        }
        return failed("tcp", problem);
    }

    /** Whatever it answers: a request that was answered has passed TLS. */
    private boolean isAnswered(ApiServer server) {
        CallFailed failure = null;
        try {
            server.get("/version");
        } catch (CallFailed e) {
            failure = e;
        }
        if (failure != null && unanswered(failure)) {
            return failed("tls", isAboutTls(failure) ? tlsProblem(failure) : String.valueOf(failure.getMessage()));
        }
        if (server.address().startsWith("https:")) {
            return ok("tls", "the certificate is trusted");
        }
        steps.add(new Step("tls", Status.SKIPPED, "the address is http: token and data go in clear text"));
        return true;
    }

    private static boolean unanswered(CallFailed failure) {
        return failure.errorClass() == ErrorClass.CONNECTION || failure.errorClass() == ErrorClass.TIMEOUT;
    }

    private static boolean isAboutTls(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SSLException) {
                return true;
            }
        }
        return false;
    }

    private static String tlsProblem(Throwable failure) {
        String root = "";
        for (Throwable each = failure; each != null; each = each.getCause()) {
            root = String.valueOf(each.getMessage());
        }
        return root.contains("unable to find valid certification path") || root.contains("PKIX")
                ? "the server's certificate is not of the certificate-authority-data in the kubeconfig"
                : "no TLS connection: " + root;
    }

    private boolean isKnown(ApiServer server) {
        try {
            Map<String, @Nullable Object> answer = server.write(
                    "POST",
                    "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                    Map.of(),
                    JsonTree.ordered("apiVersion", "authentication.k8s.io/v1", "kind", "SelfSubjectReview"));
            String user = JsonTree.text(JsonTree.map(JsonTree.map(answer, "status"), "userInfo"), "username");
            return user.equals("system:anonymous") ? anonymous() : ok("token", "the API server knows us as " + user);
        } catch (CallFailed e) {
            return switch (e.errorClass()) {
                // Before Kubernetes 1.28; what is asked next tells.
                case NOT_FOUND -> ok("token", "the API server is too old to say who we are");
                case UNAUTHORIZED ->
                    failed(
                            "token",
                            "the API server does not take the token or certificate: it is wrong or has expired");
                case FORBIDDEN -> anonymous();
                default -> failed("token", String.valueOf(e.getMessage()));
            };
        }
    }

    private boolean anonymous() {
        return failed("token", "the kubeconfig's user has no token and no certificate that the API server takes");
    }

    private void isPermitted(ApiServer server) {
        try {
            if (mayList(server, "*", "*")) {
                ok("permission", "may list everything");
                return;
            }
            List<String> missing = new ArrayList<>();
            for (String type : LISTED) {
                int dot = type.indexOf('.');
                String plural = dot < 0 ? type : type.substring(0, dot);
                if (!mayList(server, dot < 0 ? "" : type.substring(dot + 1), plural)) {
                    missing.add(type);
                }
            }
            if (missing.isEmpty()) {
                ok("permission", "may list the usual types, though not everything");
            } else {
                failed("permission", "may not list " + String.join(", ", missing) + " in all namespaces");
            }
        } catch (CallFailed e) {
            failed(e.errorClass() == ErrorClass.UNAUTHORIZED ? "token" : "permission", String.valueOf(e.getMessage()));
        }
    }

    private static boolean mayList(ApiServer server, String group, String plural) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("verb", "list");
        attributes.put("group", group);
        attributes.put("resource", plural);
        Map<String, @Nullable Object> answer = server.write(
                "POST",
                "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                Map.of(),
                JsonTree.ordered(
                        "apiVersion",
                        "authorization.k8s.io/v1",
                        "kind",
                        "SelfSubjectAccessReview",
                        "spec",
                        Map.of("resourceAttributes", attributes)));
        return Boolean.TRUE.equals(JsonTree.map(answer, "status").get("allowed"));
    }

    private boolean ok(String step, String detail) {
        steps.add(new Step(step, Status.OK, detail));
        return true;
    }

    /** @return false, for who asks whether to go on */
    private boolean failed(String step, String detail) {
        steps.removeIf(each -> each.name().equals(step));
        steps.add(new Step(step, Status.FAILED, detail));
        return false;
    }
}
