/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.api;

/** What a command can answer with. */
public interface ResponseObject {
    /** Which fields a caller sees: all, or those for ordinary users. */
    enum ResponseView {
        Full,
        Restricted
    }

    /** Key of the envelope. */
    String getResponseName();

    void setResponseName(String name);

    /** Key of the object inside the envelope. */
    String getObjectName();

    void setObjectName(String name);

    /** Uuid of the entity shown, or null. */
    String getObjectId();

    String getJobId();

    void setJobId(String jobId);

    Integer getJobStatus();

    void setJobStatus(Integer jobStatus);
}
