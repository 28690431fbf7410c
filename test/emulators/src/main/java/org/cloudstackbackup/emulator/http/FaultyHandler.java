/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.http;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Reads the request, asks the rules whether something goes wrong, and writes the answer or spoils it. */
final class FaultyHandler extends Handler.Abstract {
    private static final Pattern DIGITS = Pattern.compile("-?\\d{1,19}");
    private static final int CHUNK = 64 * 1024;
    private static final long MOST_WAIT_MILLIS = 120_000;

    private final Application application;
    private final Faults faults;
    private final Journal journal;
    private final Clock clock;

    FaultyHandler(Application application, Faults faults, Journal journal, Clock clock) {
        this.application = requireNonNull(application, "application is null");
        this.faults = requireNonNull(faults, "faults is null");
        this.journal = requireNonNull(journal, "journal is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        long start = System.nanoTime();
        Call call = read(request);
        Fault fault = faults.hit(call).orElse(null);
        Answer answer = answer(call, fault);
        long micros = (System.nanoTime() - start) / 1000;
        journal.add(call, clock.instant(), answer == null ? 0 : answer.status(), micros, word(fault));
        if (answer == null) {
            abort(request, false);
            callback.failed(new IOException("cut by a fault"));
            return true;
        }
        send(request, response, callback, answer, fault);
        return true;
    }

    private static String word(@Nullable Fault fault) {
        return fault == null ? "" : fault.kind().word();
    }

    private static Call read(Request request) throws IOException {
        ByteBuffer body = Content.Source.asByteBuffer(request);
        Map<String, String> headers = new HashMap<>();
        for (HttpField field : request.getHeaders()) {
            headers.merge(
                    field.getName().toLowerCase(Locale.ROOT), String.valueOf(field.getValue()), (a, b) -> a + ", " + b);
        }
        String query = request.getHttpURI().getQuery();
        return new Call(
                request.getMethod(),
                request.getHttpURI().getPath(),
                query == null ? "" : query,
                headers,
                StandardCharsets.UTF_8.decode(body).toString());
    }

    /** Null when the connection is to be cut instead. */
    private @Nullable Answer answer(Call call, @Nullable Fault fault) throws InterruptedException {
        if (fault == null) {
            return application.answer(call);
        }
        return switch (fault.kind()) {
            case STATUS -> status(fault);
            case EXPIRED_TOKEN -> application.expire(call);
            case EMPTY_SUCCESS -> Answer.json(200, new JsonObject());
            case CUT_BEFORE -> null;
            case CUT_AFTER -> {
                application.answer(call);
                yield null;
            }
            case SLOW -> {
                Thread.sleep(Math.min(fault.number("millis", 1000), MOST_WAIT_MILLIS));
                yield application.answer(call);
            }
            case MALFORMED -> application.answer(call).withBody("{\"backups\":[{\"metadata\":}");
            case TRUNCATED -> {
                Answer whole = application.answer(call);
                yield whole.withBody(
                        whole.body().substring(0, (int) part(fault, whole.body().length())));
            }
            case UNKNOWN_ENUM -> changed(call, json -> statuses(json, fault.setting("value", "Exploded")));
            case EXTRA_FIELDS -> changed(call, FaultyHandler::addMembers);
            case UNQUOTED_NUMBERS -> changed(call, FaultyHandler::unquote);
            case MISSING_KEY -> changed(call, json -> json.getAsJsonObject().remove(fault.setting("key", "")));
            case RESET, TRICKLE, STALL, HUGE -> application.answer(call);
        };
    }

    private Answer status(Fault fault) {
        int status = (int) fault.number("status", 500);
        String message = fault.setting("message", "made to fail");
        Answer answer = fault.setting("form", "json").equals("html")
                ? Answer.html(status, message)
                : fault.setting("form", "json").equals("text")
                        ? Answer.text(status, message)
                        : new Answer(
                                status,
                                "application/json",
                                Map.of(),
                                fault.setting(
                                        "body", application.error(status, (int) fault.number("code", 0), message)));
        String after = fault.setting("retryafter", "");
        return after.isEmpty() ? answer : answer.withHeaders(Map.of("Retry-After", after));
    }

    private Answer changed(Call call, java.util.function.Consumer<JsonElement> change) {
        Answer whole = application.answer(call);
        if (!whole.contentType().startsWith("application/json")) {
            return whole;
        }
        JsonObject body = JsonParser.parseString(whole.body()).getAsJsonObject();
        change.accept(body);
        return Answer.json(whole.status(), body).withHeaders(whole.headers());
    }

    private static void statuses(JsonElement element, String value) {
        if (element instanceof JsonObject object) {
            if (object.get("status") instanceof JsonPrimitive) {
                object.addProperty("status", value);
            }
            object.entrySet().forEach(each -> statuses(each.getValue(), value));
        } else if (element instanceof JsonArray array) {
            array.forEach(each -> statuses(each, value));
        }
    }

    private static void addMembers(JsonElement element) {
        if (element instanceof JsonObject object) {
            object.entrySet().forEach(each -> addMembers(each.getValue()));
            object.addProperty("a_new_field", "unknown");
            object.add("a_new_object", new JsonObject());
        } else if (element instanceof JsonArray array) {
            array.forEach(FaultyHandler::addMembers);
        }
    }

    private static void unquote(JsonElement element) {
        if (element instanceof JsonObject object) {
            for (Map.Entry<String, JsonElement> each : object.entrySet()) {
                if (isDigits(each.getValue())) {
                    each.setValue(
                            new JsonPrimitive(Long.parseLong(each.getValue().getAsString())));
                } else {
                    unquote(each.getValue());
                }
            }
        } else if (element instanceof JsonArray array) {
            array.forEach(FaultyHandler::unquote);
        }
    }

    private static boolean isDigits(JsonElement value) {
        return value instanceof JsonPrimitive primitive
                && primitive.isString()
                && DIGITS.matcher(primitive.getAsString()).matches();
    }

    private void send(Request request, Response response, Callback callback, Answer answer, @Nullable Fault fault)
            throws IOException, InterruptedException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        response.setStatus(answer.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
        answer.headers().forEach(response.getHeaders()::put);
        Fault.Kind kind = fault == null ? null : fault.kind();
        if (fault != null && (kind == Fault.Kind.RESET || kind == Fault.Kind.STALL)) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
            sendPart(request, response, callback, body, fault);
        } else if (fault != null && kind == Fault.Kind.HUGE) {
            huge(response, callback, fault.number("bytes", 1L << 31));
        } else if (fault != null && kind == Fault.Kind.TRICKLE) {
            trickle(response, callback, body, fault);
        } else {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
            response.write(true, ByteBuffer.wrap(body), callback);
        }
    }

    private static void sendPart(Request request, Response response, Callback callback, byte[] body, Fault fault)
            throws IOException, InterruptedException {
        long sent = part(fault, body.length);
        try (Blocker.Callback written = Blocker.callback()) {
            response.write(false, ByteBuffer.wrap(body, 0, (int) sent), written);
            written.block();
        }
        if (fault.kind() == Fault.Kind.STALL) {
            Thread.sleep(Math.min(fault.number("millis", 30_000), MOST_WAIT_MILLIS));
        }
        abort(request, fault.kind() == Fault.Kind.RESET);
        callback.failed(new IOException("cut by a fault"));
    }

    private static void trickle(Response response, Callback callback, byte[] body, Fault fault)
            throws IOException, InterruptedException {
        int step = (int) Math.max(1, fault.number("bytes", 16));
        try (OutputStream out = Content.Sink.asOutputStream(response)) {
            for (int from = 0; from < body.length; from += step) {
                out.write(body, from, Math.min(step, body.length - from));
                out.flush();
                Thread.sleep(fault.number("millis", 50));
            }
        }
        callback.succeeded();
    }

    /** One JSON text that does not end before {@code bytes}. */
    private static void huge(Response response, Callback callback, long bytes) {
        byte[] filler = new byte[CHUNK];
        Arrays.fill(filler, (byte) 'x');
        try (OutputStream out = Content.Sink.asOutputStream(response)) {
            out.write("{\"filler\":\"".getBytes(StandardCharsets.UTF_8));
            for (long sent = 0; sent < bytes; sent += CHUNK) {
                out.write(filler);
            }
            out.write("\"}".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            callback.failed(e); // the client has had enough, which is what the fault is for
            return;
        }
        callback.succeeded();
    }

    private static long part(Fault fault, int length) {
        return Math.min(fault.number("bytes", length / 2), length);
    }

    /** Ends the connection without a word, or with a reset. */
    private static void abort(Request request, boolean reset) throws IOException {
        EndPoint end = request.getConnectionMetaData().getConnection().getEndPoint();
        EndPoint bottom = end;
        while (bottom instanceof EndPoint.Wrapper wrapper) {
            bottom = wrapper.unwrap();
        }
        if (reset && bottom.getTransport() instanceof SocketChannel channel) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.close();
        }
        bottom.close();
        end.close();
    }
}
