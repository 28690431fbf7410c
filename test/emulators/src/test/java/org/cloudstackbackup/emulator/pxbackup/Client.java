/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Calls the emulator, and holds every request and every answer against the contract when that is there. */
final class Client {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String url;
    private final String token;
    private final boolean checked;

    Client(String url, String token) {
        this(url, token, true);
    }

    private Client(String url, String token, boolean checked) {
        this.url = url;
        this.token = token;
        this.checked = checked;
    }

    /** The same, for calls that are wrong on purpose. */
    Client unchecked() {
        return new Client(url, token, false);
    }

    Client as(String otherToken) {
        return new Client(url, otherToken, checked);
    }

    Reply get(String path) {
        return call("GET", path, "");
    }

    Reply delete(String path) {
        return call("DELETE", path, "");
    }

    /** @param json with single quotes for double ones */
    Reply post(String path, String json) {
        return call("POST", path, json.replace('\'', '"'));
    }

    Reply put(String path, String json) {
        return call("PUT", path, json.replace('\'', '"'));
    }

    Reply patch(String path, String json) {
        return call("PATCH", path, json.replace('\'', '"'));
    }

    Reply call(String method, String path, String body) {
        try {
            return tried(method, path, body);
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + " got no answer", e);
        }
    }

    /** As {@link #call}, for calls that may break off. */
    Reply tried(String method, String path, String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            Reply reply = new Reply(response.statusCode(), response.body(), response);
            check(method, path, body, reply);
            return reply;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private void check(String method, String path, String body, Reply reply) {
        Optional<Contract> contract = Contract.find();
        String[] parts = path.split("\\?", 2);
        if (checked && contract.isPresent() && !path.startsWith("/auth")) {
            assertThat(contract.get().request(method, parts[0], parts.length > 1 ? parts[1] : "", body))
                    .as("request %s %s %s", method, path, body)
                    .isEmpty();
            assertThat(contract.get().answer(method, parts[0], reply.status(), reply.text()))
                    .as("answer to %s %s: %s", method, path, reply.text())
                    .isEmpty();
        }
    }

    record Reply(int status, String text, HttpResponse<String> response) {
        JsonObject json() {
            return JsonParser.parseString(text).getAsJsonObject();
        }

        /** The text at a dotted path, or the empty text. */
        String at(String path) {
            return Tree.text(json(), path);
        }

        boolean has(String path) {
            return Tree.has(json(), path);
        }

        Reply ok() {
            assertThat(status).as(text).isEqualTo(200);
            return this;
        }

        /** Asserts an error in the envelope of the gateway. */
        Reply refused(int expected, int code) {
            assertThat(status).as(text).isEqualTo(expected);
            assertThat(json().get("code").getAsInt()).as(text).isEqualTo(code);
            assertThat(json().get("error")).isEqualTo(json().get("message"));
            return this;
        }

        /** The names of the objects in a list. */
        java.util.List<String> names(String list) {
            return Tree.objects(json(), list).stream()
                    .map(each -> Tree.text(each, "metadata.name"))
                    .toList();
        }
    }
}
