/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.http;

/** What answers requests; for many threads. */
public interface Application {
    Answer answer(Call call);

    /** Makes the request's credentials useless from now on, and says what the request is answered. */
    default Answer expire(Call call) {
        return answer(call);
    }

    /** The body of an error answer, as the product writes it. */
    String error(int status, int code, String message);
}
