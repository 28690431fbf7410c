/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.bucket;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.config.StoreSettings;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * One bucket of an S3 server. Every failure is a {@link CallFailed}, after the attempts that its class allows.
 *
 * <p>Safe for use by many threads.
 */
public final class Bucket implements AutoCloseable {
    private static final int DELETE_BATCH = 1000;
    private static final int MOST_RACES = 3;

    private final S3Client client;
    private final String name;
    private final Retry retry;
    private final Duration timeout;
    private final Map<String, LongAdder> requests = new java.util.concurrent.ConcurrentHashMap<>();
    /** Where nothing stands between us and the store. */
    private final @Nullable QuickPuts quick;

    /** An object's body and marks. */
    public record Stored(byte[] body, String etag, Instant modified, Instant serverTime) {}

    /** An object as a listing shows it. */
    public record Listed(String key, long bytes, Instant modified) {}

    private Bucket(StoreSettings settings, int connections, Duration timeout, Retry retry) {
        this.name = settings.bucket();
        this.timeout = requireNonNull(timeout, "timeout is null");
        this.retry = requireNonNull(retry, "retry is null");
        this.client = S3Clients.create(settings, connections, timeout);
        this.quick = isPlain(settings) ? quickPuts(settings) : null;
    }

    /** Connects; no request is sent yet. */
    public static Bucket open(StoreSettings settings, int connections, Duration timeout, Retry retry) {
        return new Bucket(settings, connections, timeout, retry);
    }

    /** What the SDK alone knows: proxies, and buckets of one zone, which want a session. */
    private static boolean isPlain(StoreSettings settings) {
        return !StoreSockets.isProxied(settings.endpoint())
                && !settings.bucket().endsWith("--x-s3");
    }

    private QuickPuts quickPuts(StoreSettings settings) {
        return new QuickPuts(
                StoreSockets.to(settings.endpoint(), S3Clients.trust(settings), S3Clients.connectTimeout(timeout)),
                new SignatureV4(settings.accessKey(), settings.secretKey(), settings.region()),
                name,
                timeout,
                Clock.systemUTC(),
                () -> count("put"));
    }

    public String name() {
        return name;
    }

    /** How many requests were sent, by verb, with those that were tried again. */
    public Map<String, Long> requests() {
        Map<String, Long> counts = new TreeMap<>();
        requests.forEach((verb, count) -> counts.put(verb, count.sum()));
        return counts;
    }

    /** Fails when the bucket is not there or may not be read; creates it first where that is allowed. */
    public void check(boolean create) {
        try {
            call("head", "HEAD bucket " + name, () -> client.headBucket(request -> request.bucket(name)));
        } catch (CallFailed e) {
            if (e.errorClass() != ErrorClass.NOT_FOUND || !create) {
                throw e;
            }
            call("put", "PUT bucket " + name, () -> client.createBucket(request -> request.bucket(name)));
        }
    }

    /** The store's own time, to the second; nothing when it does not tell it. No clock of ours has a part in it. */
    public Optional<Instant> time() {
        return call("head", "HEAD bucket " + name, () -> client.headBucket(request -> request.bucket(name)))
                .sdkHttpResponse()
                .firstMatchingHeader("Date")
                .flatMap(Bucket::parsed);
    }

    private static Optional<Instant> parsed(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Stores an object, over what was there. */
    public void put(String key, byte[] body, String contentType) {
        put(key, body, contentType, SignatureV4.sha256(body));
    }

    /** Stores an object whose SHA-256 is known already, over what was there. */
    public void put(String key, byte[] body, String contentType, byte[] sha256) {
        put(key, body, contentType, sha256, () -> {});
    }

    /** Stores an object, over what was there; the check runs before each attempt and may throw to end it all. */
    public void put(String key, byte[] body, String contentType, byte[] sha256, Runnable check) {
        String what = "PUT " + key;
        if (quick == null || body.length > QuickPuts.LARGEST_BYTES) {
            retry.call(what, () -> {
                check.run();
                return once(
                        "put",
                        what,
                        () -> client.putObject(
                                request -> request.bucket(name).key(key).contentType(contentType),
                                RequestBody.fromBytes(body)));
            });
            return;
        }
        QuickPuts puts = quick;
        retry.call(what, () -> {
            check.run();
            count("put");
            puts.put(key, body, contentType, sha256);
            return key;
        });
    }

    /**
     * Stores an object if there is none, or if the one that is there still has the given tag; tried once, and given up after the time or after
     * that of all requests, if it is shorter.
     *
     * @return the new tag, or nothing when the condition does not hold
     */
    public Optional<String> putIf(String key, byte[] body, @Nullable String etag, Duration time) {
        try {
            return Optional.of(putOnce(key, body, etag, true, time));
        } catch (CallFailed e) {
            if (e.errorClass() == ErrorClass.CONFLICT || (etag != null && e.errorClass() == ErrorClass.NOT_FOUND)) {
                return Optional.empty();
            }
            if (e.errorClass() == ErrorClass.METHOD_NOT_ALLOWED) {
                // A store that refuses conditions is as one that ignores them.
                return Optional.of(putOnce(key, body, etag, false, time));
            }
            throw e;
        }
    }

    private String putOnce(String key, byte[] body, @Nullable String etag, boolean conditional, Duration time) {
        PutObjectResponse response = once(
                "put",
                "PUT " + key,
                () -> client.putObject(
                        request -> {
                            request.bucket(name).key(key).contentType("application/json");
                            request.overrideConfiguration(override -> override.apiCallTimeout(shorter(time)));
                            if (conditional && etag == null) {
                                request.ifNoneMatch("*");
                            } else if (conditional) {
                                request.ifMatch(etag);
                            }
                        },
                        RequestBody.fromBytes(body)));
        return response.eTag();
    }

    /**
     * Stores a small JSON object in place of the one that {@code check} was shown, and of no other where the store knows conditions. The check runs
     * before each attempt, with what is there then, and may throw to end it all.
     *
     * @throws CallFailed of class CONFLICT when it is changed by others again and again
     */
    public void replace(String key, byte[] body, Consumer<Optional<Stored>> check) {
        retry.call("PUT " + key, () -> {
            for (int i = 0; i < MOST_RACES; i++) {
                Optional<Stored> there = getOnce(key, timeout);
                check.accept(there);
                if (there.isPresent() && Arrays.equals(there.get().body(), body)) {
                    return key;
                }
                String etag = there.map(Stored::etag).orElse(null);
                if (putIf(key, body, etag, timeout).isPresent()) {
                    return key;
                }
            }
            throw new CallFailed(
                    ErrorClass.CONFLICT, "PUT " + key + " in bucket " + name + " is overtaken by others", null);
        });
    }

    /** The object, or nothing when there is none. */
    public Optional<Stored> get(String key) {
        return retry.call("GET " + key, () -> getOnce(key, timeout));
    }

    /** The object, or nothing when there is none; tried once, and given up after the time or after that of all requests, if it is shorter. */
    Optional<Stored> getOnce(String key, Duration time) {
        try {
            ResponseBytes<GetObjectResponse> response = once(
                    "get",
                    "GET " + key,
                    () -> client.getObjectAsBytes(request -> request.bucket(name)
                            .key(key)
                            .overrideConfiguration(override -> override.apiCallTimeout(shorter(time)))));
            return Optional.of(new Stored(
                    response.asByteArrayUnsafe(),
                    response.response().eTag(),
                    response.response().lastModified(),
                    serverTime(response.response())));
        } catch (CallFailed e) {
            if (e.getCause() instanceof NoSuchKeyException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Duration shorter(Duration time) {
        return time.compareTo(timeout) < 0 ? time : timeout;
    }

    /** Some bytes of an object that is there. */
    public byte[] getRange(String key, long offset, long length) {
        return call(
                        "get",
                        "GET " + key,
                        () -> client.getObjectAsBytes(request ->
                                request.bucket(name).key(key).range("bytes=" + offset + "-" + (offset + length - 1))))
                .asByteArrayUnsafe();
    }

    /**
     * Hands over every object whose key begins with the prefix, in pages.
     *
     * @throws CallFailed also when the store says that there is more, but not how to get it: who deletes must not take a part for all
     */
    public void list(String prefix, Consumer<Listed> consumer) {
        String token = null;
        do {
            String from = token;
            ListObjectsV2Response page = call(
                    "list",
                    "LIST " + prefix,
                    () -> client.listObjectsV2(
                            request -> request.bucket(name).prefix(prefix).continuationToken(from)));
            for (S3Object object : page.contents()) {
                consumer.accept(new Listed(object.key(), object.size(), object.lastModified()));
            }
            token = Boolean.TRUE.equals(page.isTruncated()) ? next(prefix, from, page.nextContinuationToken()) : null;
        } while (token != null);
    }

    private String next(String prefix, @Nullable String token, @Nullable String next) {
        if (next == null || next.isEmpty() || next.equals(token)) {
            throw new CallFailed(
                    ErrorClass.INVALID,
                    "LIST " + prefix + " in bucket " + name + " was cut: there is more, but "
                            + (next == null || next.isEmpty() ? "no token for it" : "its token is the one before"),
                    null);
        }
        return next;
    }

    /** Deletes objects, a thousand a call; those that are gone already count as deleted. */
    public void delete(List<String> keys) {
        delete(keys, () -> {});
    }

    /** Deletes objects, a thousand a call; the check runs before each attempt and may throw to end it all. */
    public void delete(List<String> keys, Runnable check) {
        for (int i = 0; i < keys.size(); i += DELETE_BATCH) {
            List<ObjectIdentifier> batch = new ArrayList<>();
            for (String key : keys.subList(i, Math.min(keys.size(), i + DELETE_BATCH))) {
                batch.add(ObjectIdentifier.builder().key(key).build());
            }
            retry.call("DELETE " + batch.size() + " objects", () -> deleteOnce(batch, check));
        }
    }

    /** Takes from the batch what is deleted. */
    private int deleteOnce(List<ObjectIdentifier> batch, Runnable check) {
        check.run();
        var answer = once(
                "delete",
                "DELETE " + batch.size() + " objects",
                () -> client.deleteObjects(request -> request.bucket(name)
                        .delete(objects -> objects.objects(batch).quiet(true))));
        if (!answer.hasErrors() || answer.errors().isEmpty()) {
            return 0;
        }
        Set<String> left = new HashSet<>();
        answer.errors().forEach(error -> left.add(error.key()));
        batch.removeIf(object -> !left.contains(object.key()));
        var error = answer.errors().get(0);
        throw S3Failures.refusedOne("DELETE " + error.key() + " in bucket " + name, error.code(), error.message());
    }

    /** Tries a call again as all others are. */
    <T> T again(String what, Supplier<T> call) {
        return retry.call(what, call);
    }

    private <T> T call(String verb, String what, Supplier<T> request) {
        return retry.call(what, () -> once(verb, what, request));
    }

    private <T> T once(String verb, String what, Supplier<T> request) {
        count(verb);
        return S3Failures.translate(what + " in bucket " + name, request);
    }

    private void count(String verb) {
        requests.computeIfAbsent(verb, key -> new LongAdder()).increment();
    }

    /** The store's own clock, by which its objects are dated; ours when it does not tell. */
    private static Instant serverTime(GetObjectResponse response) {
        return response.sdkHttpResponse()
                .firstMatchingHeader("Date")
                .flatMap(Bucket::parsed)
                .orElseGet(Instant::now);
    }

    @Override
    public void close() {
        if (quick != null) {
            quick.close();
        }
        client.close();
    }
}
