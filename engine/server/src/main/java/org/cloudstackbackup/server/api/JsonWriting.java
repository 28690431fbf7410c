/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** Writes trees as compact JSON on one line. */
final class JsonWriting {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private JsonWriting() {}

    static String write(JsonElement tree) {
        return GSON.toJson(tree);
    }

    static String jobFailure(ApiFailure failure) {
        JsonObject json = new JsonObject();
        json.addProperty("errorcode", failure.errorCode());
        json.addProperty("errortext", failure.text());
        return write(json);
    }
}
