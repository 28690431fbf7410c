/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.api.response;

/** A response, filled from a database view, that shows who owns the entity. */
public interface ControlledViewEntityResponse {
    void setAccountName(String accountName);

    void setProjectId(String projectId);

    void setProjectName(String projectName);

    void setDomainId(String domainId);

    void setDomainName(String domainName);

    void setDomainPath(String domainPath);
}
