/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;

/**
 * The details of a VM that say which machine of which cluster it is.
 *
 * <p>Backups are taken of, and restores are written over, the machine that they name. Whoever could choose them freely could read
 * and overwrite the machines of others; only root admins and the server itself set them.
 */
public final class MachineIdentity {
    private static final String PREFIX = "kubevirt.";

    private MachineIdentity() {}

    /**
     * Refuses details of this kind from whoever is no root admin.
     *
     * @throws ProviderException {@code USER}
     */
    public static void refuseFrom(Caller caller, Map<String, String> details) {
        if (caller.isRootAdmin()) {
            return;
        }
        details.keySet().stream().filter(MachineIdentity::isOne).findFirst().ifPresent(name -> {
            throw new ProviderException(
                    ErrorKind.USER,
                    "details",
                    "Parameter details: " + name
                            + " says which machine of a cluster the VM is; only root admins set it");
        });
    }

    /** What of the details another VM may have too. */
    public static Map<String, String> without(Map<String, String> details) {
        Map<String, String> rest = new HashMap<>(details);
        rest.keySet().removeIf(MachineIdentity::isOne);
        return rest;
    }

    /** The details that replace all present ones: from whoever is no root admin, beside the identity that is there. */
    public static Map<String, String> replace(Caller caller, Map<String, String> present, Map<String, String> wanted) {
        refuseFrom(caller, wanted);
        Map<String, String> replaced = new HashMap<>(wanted);
        if (!caller.isRootAdmin()) {
            present.forEach((name, value) -> {
                if (isOne(name)) {
                    replaced.put(name, value);
                }
            });
        }
        return replaced;
    }

    private static boolean isOne(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith(PREFIX);
    }
}
