/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.user;

import java.util.Date;
import java.util.Locale;
import org.apache.cloudstack.acl.ControlledEntity;
import org.apache.cloudstack.api.Identity;
import org.apache.cloudstack.api.InternalIdentity;

/** A tenant: owns resources, has users. */
public interface Account extends ControlledEntity, InternalIdentity, Identity {
    long ACCOUNT_ID_SYSTEM = 1;
    long ACCOUNT_ID_ADMIN = 2;

    /** Kind of an account; the ordinal is the number on the wire. */
    enum Type {
        NORMAL,
        ADMIN,
        DOMAIN_ADMIN,
        RESOURCE_DOMAIN_ADMIN,
        READ_ONLY_ADMIN,
        PROJECT,
        UNKNOWN;

        /** The type of that number, or null. */
        public static Type getFromValue(Integer type) {
            if (type == null || type < 0 || type >= UNKNOWN.ordinal()) {
                return null;
            }
            return values()[type];
        }
    }

    /** Whether an account or a user may log in. */
    enum State {
        DISABLED,
        ENABLED,
        LOCKED,
        REMOVED;

        /** The state of that name in any case. */
        public static State getValueOf(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }

        /** The name in lower case, as it is stored and shown. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    String getAccountName();

    Type getType();

    Long getRoleId();

    State getState();

    Date getCreated();

    Date getRemoved();

    String getNetworkDomain();

    Long getDefaultZoneId();

    @Override
    String getUuid();

    boolean isDefault();

    /** Whether API keys may be used; null means as the domain says. */
    Boolean getApiKeyAccess();

    void setApiKeyAccess(Boolean apiKeyAccess);
}
