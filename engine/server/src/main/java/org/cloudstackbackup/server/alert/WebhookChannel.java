/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.alert;

import static java.util.Objects.requireNonNull;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.cloudstackbackup.framework.alert.Channel;
import org.cloudstackbackup.framework.alert.Delivery;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/**
 * Posts alerts as JSON; docs/guide/alerts.rst describes body and headers. What is answered with 2xx is delivered. Redirects are not
 * followed, since they would carry alerts to where nobody configured. Errors name the server only: paths of webhooks are often
 * secret.
 */
public final class WebhookChannel implements Channel {
    static final String SIGNATURE = "X-CloudStackBackup-Signature";
    static final String TIMESTAMP = "X-CloudStackBackup-Timestamp";
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** One receiver at any time, so that what waits follows a change of the URL. */
    private static final String TARGET = AlertSettings.WEBHOOK_URL.key();

    private static final Gson GSON = new Gson();

    private final Settings settings;
    private final Clock clock;
    private @Nullable HttpClient client;

    public WebhookChannel(Settings settings, Clock clock) {
        this.settings = requireNonNull(settings, "settings is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public List<String> targets() {
        return settings.value(AlertSettings.WEBHOOK_URL).isEmpty() ? List.of() : List.of(TARGET);
    }

    @Override
    public void send(Delivery delivery) {
        URI url = URI.create(settings.value(AlertSettings.WEBHOOK_URL));
        Duration timeout = Duration.ofSeconds(Integer.parseInt(settings.value(AlertSettings.WEBHOOK_TIMEOUT)));
        String receiver =
                "Webhook " + url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
        int status = status(request(url, body(delivery), delivery.uuid(), timeout), receiver, timeout);
        if (status / 100 != 2) {
            boolean later = status / 100 == 5 || status == 429 || status == 408;
            throw new ProviderException(
                    later ? ErrorKind.UNAVAILABLE : ErrorKind.EXTERNAL,
                    receiver,
                    receiver + " answered " + status + " to alert " + delivery.alertUuid());
        }
    }

    private HttpRequest request(URI url, String body, String key, Duration timeout) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "CloudStackBackup")
                .header(IDEMPOTENCY_KEY, key);
        String secret = settings.value(AlertSettings.WEBHOOK_SECRET);
        if (!secret.isEmpty()) {
            String timestamp = String.valueOf(clock.instant().getEpochSecond());
            request.header(TIMESTAMP, timestamp)
                    .header(SIGNATURE, "sha256=" + signature(secret, timestamp + "." + body));
        }
        return request.POST(BodyPublishers.ofString(body)).build();
    }

    /** The time limit of a request ends with the headers; ours covers a body that never ends, too. */
    private int status(HttpRequest request, String receiver, Duration timeout) {
        CompletableFuture<HttpResponse<Void>> answer = client().sendAsync(request, BodyHandlers.discarding());
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS).statusCode();
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new ProviderException(ErrorKind.UNAVAILABLE, receiver, receiver + " was not waited for", e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new ProviderException(
                    ErrorKind.UNAVAILABLE,
                    receiver,
                    receiver + " did not answer within " + timeout.toSeconds() + " s",
                    e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ProviderException(
                    cause instanceof IOException ? ErrorKind.UNAVAILABLE : ErrorKind.INTERNAL,
                    receiver,
                    receiver + " could not be reached: " + cause,
                    cause);
        }
    }

    /** Made when first needed: it holds threads. */
    private synchronized HttpClient client() {
        HttpClient made = client;
        if (made == null) {
            made = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(Duration.ofSeconds(10))
                    .build();
            client = made;
        }
        return made;
    }

    private static String body(Delivery delivery) {
        JsonObject alert = new JsonObject();
        alert.addProperty("id", delivery.alertUuid());
        alert.addProperty("type", delivery.type());
        alert.addProperty("name", delivery.name());
        alert.addProperty("cause", delivery.cause());
        alert.addProperty("subject", delivery.subject());
        alert.addProperty("description", delivery.content());
        if (delivery.zoneUuid() != null) {
            alert.addProperty("zoneid", delivery.zoneUuid());
            alert.addProperty("zonename", delivery.zoneName());
        }
        JsonObject body = new JsonObject();
        body.addProperty("id", delivery.uuid());
        body.addProperty("event", delivery.news().name().toLowerCase(Locale.ROOT));
        body.addProperty("time", delivery.at().toString());
        body.add("alert", alert);
        return GSON.toJson(body);
    }

    private static String signature(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }
}
