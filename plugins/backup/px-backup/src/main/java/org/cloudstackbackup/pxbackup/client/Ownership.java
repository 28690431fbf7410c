/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** To whom an object belongs, and who else may use it. Absent is null; a list or map is never null. */
public record Ownership(
        @Nullable String owner,
        List<Access> groups,
        List<Access> collaborators,
        @JsonProperty("public") @Nullable Typed publicAccess) {}
