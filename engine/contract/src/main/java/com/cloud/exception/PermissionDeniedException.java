/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.exception;

import com.cloud.user.Account;
import com.cloud.utils.exception.CloudRuntimeException;
import java.util.ArrayList;
import java.util.List;
import org.apache.cloudstack.acl.ControlledEntity;

/** The caller may not do this; 531 to the caller. */
public class PermissionDeniedException extends CloudRuntimeException {
    private static final long serialVersionUID = 1L;

    // Neither entities nor accounts need be serializable: a stored error loses them.
    private transient Account account;
    private transient List<ControlledEntity> violations;

    public PermissionDeniedException(String message, Account account, List<? extends ControlledEntity> violations) {
        super(message);
        addDetails(account, violations);
    }

    public Account getAccount() {
        return account;
    }

    public List<? extends ControlledEntity> getEntitiesInViolation() {
        return violations == null ? List.of() : List.copyOf(violations);
    }

    public void addDetails(Account account, List<? extends ControlledEntity> violations) {
        this.account = account;
        addViolations(violations);
    }

    public void addViolations(List<? extends ControlledEntity> violations) {
        if (this.violations == null) {
            this.violations = new ArrayList<>();
        }
        this.violations.addAll(violations);
    }

    protected PermissionDeniedException() {}

    public PermissionDeniedException(String message) {
        super(message);
    }

    public PermissionDeniedException(String message, Throwable cause) {
        super(message, cause);
    }
}
