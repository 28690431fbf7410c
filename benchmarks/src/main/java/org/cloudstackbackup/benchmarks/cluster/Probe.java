/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.benchmarks.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HttpsURLConnection;

/**
 * Another client of the API server, which gets one object over and over and notes how long each answer takes. It is a process of its own, as other
 * clients are: in this one it would wait for the relay, the lists of the bound and the garbage of both.
 */
final class Probe implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(10);
    /** Before they count: the first answers are those of a cold program. */
    private static final int WARM_UP = 300;

    private final Process process;
    private final BufferedReader answers;

    private Probe(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts one; it has begun to count when this returns. */
    static Probe start(KubeHttp kube, String path) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(
                java,
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Probe.class.getName(),
                path);
        Probe probe = new Probe(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        try {
            probe.tell(kube.token());
            probe.hear();
            return probe;
        } catch (IOException e) {
            probe.close();
            throw e;
        }
    }

    /** Ends it. The slowest answer but for one in a hundred, in milliseconds. */
    double p99() throws IOException {
        tell("end");
        double[] millis = Arrays.stream(hear().split(" "))
                .mapToDouble(Double::parseDouble)
                .sorted()
                .toArray();
        return millis[(int) ((millis.length - 1) * 0.99)];
    }

    private void tell(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    private String hear() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("The other client of the API server ended");
        }
        return line;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** The process: is told a token, says that it is ready, and, told anything more, says the milliseconds of all answers. */
    public static void main(String[] arguments) throws Exception {
        BufferedReader told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String token = told.readLine();
        URL url = URI.create(KubeHttp.variable("KUBE_APISERVER_URL"))
                .resolve(arguments[0])
                .toURL();
        HttpsURLConnection.setDefaultSSLSocketFactory(KubeHttp.trusting(Path.of(KubeHttp.variable("KUBE_APISERVER_CA")))
                .getSocketFactory());
        for (int i = 0; i < WARM_UP; i++) {
            get(url, token);
        }
        System.out.println("ready");
        StringJoiner millis = new StringJoiner(" ");
        while (!told.ready()) {
            long begin = System.nanoTime();
            get(url, token);
            millis.add(String.valueOf((System.nanoTime() - begin) / 1e6));
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
        System.out.println(millis);
    }

    private static void get(URL url, String token) throws IOException {
        HttpURLConnection get = (HttpURLConnection) url.openConnection();
        get.setRequestProperty("Authorization", "Bearer " + token);
        try (InputStream body = get.getInputStream()) {
            body.readAllBytes();
        }
    }
}
