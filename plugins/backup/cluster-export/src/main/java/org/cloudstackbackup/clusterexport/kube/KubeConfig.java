/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.kube;

import io.fabric8.kubernetes.client.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cloudstackbackup.clusterexport.config.InvalidConfiguration;
import org.jspecify.annotations.Nullable;

/** How the cluster is reached: the kubeconfig that is named, else the pod's service account, else {@code ~/.kube/config}. */
public final class KubeConfig {
    private KubeConfig() {}

    /**
     * The client's configuration by {@code KUBECONFIG} and {@code KUBE_CONTEXT} of the environment.
     *
     * @throws InvalidConfiguration when the kubeconfig that is named cannot be used
     */
    public static Config of(Map<String, String> environment) {
        String context = given(environment, "KUBE_CONTEXT", "kube-context");
        String file = given(environment, "KUBECONFIG", "kubeconfig");
        if (file.isEmpty()) {
            return Config.autoConfigure(context.isEmpty() ? null : context);
        }
        if (!Files.isReadable(Path.of(file))) {
            throw wrong("the file '" + file + "' cannot be read", null);
        }
        try {
            Config config = usable(Config.fromKubeconfig(
                    context.isEmpty() ? null : context, Path.of(file).toFile()));
            // The client would take the current context in place of one it does not find.
            if (!context.isEmpty() && !context.equals(config.getCurrentContext().getName())) {
                throw wrong("the context '" + context + "' of KUBE_CONTEXT is not in the file '" + file + "'", null);
            }
            return config;
        } catch (InvalidConfiguration e) {
            throw e;
        } catch (RuntimeException e) {
            throw wrong("the file '" + file + "' is no kubeconfig: " + e.getMessage(), e);
        }
    }

    /**
     * The configuration of a kubeconfig's text, which holds its certificates and tokens itself: nothing of this machine is read
     * for it, and no program started. No message quotes it.
     *
     * @param context null for the text's current context
     * @throws InvalidConfiguration when the text cannot be used
     */
    public static Config ofText(String text, @Nullable String context) {
        String checked = KubeConfigText.checked(text, context);
        Config config;
        try {
            config = Config.fromKubeconfig(context, checked, null);
        } catch (RuntimeException e) {
            // Its message may quote the text.
            throw wrong("it cannot be used: " + e.getClass().getSimpleName(), null);
        }
        return usable(config);
    }

    private static String given(Map<String, String> environment, String name, String otherSpelling) {
        return environment
                .getOrDefault(name, environment.getOrDefault(otherSpelling, ""))
                .strip();
    }

    private static Config usable(@Nullable Config config) {
        if (config == null || config.getCurrentContext() == null || config.getMasterUrl() == null) {
            throw wrong("no usable context is in the kubeconfig", null);
        }
        return config;
    }

    static InvalidConfiguration wrong(String problem, @Nullable Throwable cause) {
        InvalidConfiguration failure = new InvalidConfiguration(List.of("KUBECONFIG (kubeconfig): " + problem));
        failure.initCause(cause);
        return failure;
    }
}
