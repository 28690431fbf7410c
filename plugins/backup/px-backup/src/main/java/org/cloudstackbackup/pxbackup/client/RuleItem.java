/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** In which pods a rule does what. Absent is null; a list or map is never null. */
public record RuleItem(
        Map<String, String> podSelector,
        List<RuleAction> actions,
        @Nullable String container) {}
