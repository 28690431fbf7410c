/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs the command line in a process of its own. */
@Timeout(120)
class MainTest {
    private static final Pattern READY = Pattern.compile(
            "PX-Backup emulator ready: (http://127.0.0.1:\\d+) dialect 2.10, admin (http://\\S+)/_emu/");

    private static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String output(String... arguments) throws Exception {
        Process process = start(arguments);
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() + " " + text;
    }

    @Test
    void itSaysThatItIsReadyAndServes() throws Exception {
        Process process = start("px-backup", "--port", "0", "--dialect", "2.10", "--token", "secret");
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            Matcher ready = READY.matcher(out.readLine());
            assertThat(ready.matches()).isTrue();
            HttpRequest request = HttpRequest.newBuilder(URI.create(ready.group(1) + "/v1/cluster/default"))
                    .header("Authorization", "Bearer secret")
                    .build();
            HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            assertThat(answer.body()).contains("demo-cluster");
            HttpRequest admin = HttpRequest.newBuilder(URI.create(ready.group(2) + "/_emu/clock"))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(admin, BodyHandlers.ofString())
                            .body())
                    .contains("\"factor\":1.0");
        } finally {
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void helpHasExamplesAndMistakesAreExplained() throws Exception {
        assertThat(output("px-backup", "--help"))
                .startsWith("0 ")
                .contains("Examples:")
                .contains("--dialect");
        assertThat(output()).startsWith("2 ").contains("Say which product to imitate");
        assertThat(output("px-backup", "--port", "0", "--seed", "no-such-file"))
                .startsWith("2 ")
                .contains("no-such-file");
        assertThat(output("px-backup", "--dialect", "1.0")).startsWith("2 ").contains("The dialect is one of");
    }
}
