/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A failure as callers see it.
 *
 * @param errorCode also the HTTP status
 * @param csErrorCode number of the kind of exception; null for failed authentication, as in CloudStack
 * @param text one sentence, safe to show to the caller
 */
public record ApiFailure(int errorCode, @Nullable Integer csErrorCode, String text) {
    public ApiFailure {
        requireNonNull(text, "text is null");
    }

    /** As it stands under {@code jobresult} of a failed job: <code>{"errorcode":530,"errortext":"..."}</code>. */
    public String toJobResult() {
        return JsonWriting.jobFailure(this);
    }
}
