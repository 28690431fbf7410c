/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.content;

/** An object cannot be exported as it is: no name, too large, or not to be written as YAML. */
public final class InvalidObject extends RuntimeException {
    public InvalidObject(String message) {
        super(message);
    }
}
