/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.bucket;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.SortedMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests to S3 by AWS's Signature Version 4, in a header. Safe for use by many threads. */
final class SignatureV4 {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String HMAC = "HmacSHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final HexFormat HEX = HexFormat.of();

    private final String accessKey;
    private final byte[] secretKey;
    private final String region;
    /** Requests of one second are signed alike, so the key is derived once for each. */
    private volatile Moment moment;

    SignatureV4(String accessKey, String secretKey, String region) {
        this.accessKey = requireNonNull(accessKey, "accessKey is null");
        this.secretKey = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
        this.region = requireNonNull(region, "region is null");
        this.moment = new Moment(Instant.EPOCH);
    }

    /** What signs at a time, to the second. */
    Moment at(Instant time) {
        Moment last = moment;
        if (last.second != time.getEpochSecond()) {
            last = new Moment(time);
            moment = last;
        }
        return last;
    }

    /** A second, and the key that signs in it. */
    final class Moment {
        private final long second;
        private final String time;
        private final String scope;
        private final SecretKeySpec key;

        private Moment(Instant at) {
            this.second = at.getEpochSecond();
            this.time = TIME.format(at);
            String date = time.substring(0, 8);
            this.scope = date + "/" + region + "/s3/aws4_request";
            byte[] ofDate = hmac(new SecretKeySpec(secretKey, HMAC), date);
            byte[] ofRegion = hmac(new SecretKeySpec(ofDate, HMAC), region);
            byte[] ofService = hmac(new SecretKeySpec(ofRegion, HMAC), "s3");
            this.key = new SecretKeySpec(hmac(new SecretKeySpec(ofService, HMAC), "aws4_request"), HMAC);
        }

        /** The value of the header {@code x-amz-date}, which has to be one of the signed headers. */
        String time() {
            return time;
        }

        /**
         * The value of the header {@code Authorization}.
         *
         * @param path as it is sent, encoded by {@link #encode}
         * @param headers to be signed, by name in small letters; {@code host} and {@code x-amz-date} among them
         * @param contentHash SHA-256 of the body in hexadecimal digits
         */
        String authorization(String method, String path, SortedMap<String, String> headers, String contentHash) {
            StringBuilder text = new StringBuilder(512);
            text.append(method).append('\n').append(path).append("\n\n");
            headers.forEach(
                    (name, value) -> text.append(name).append(':').append(value).append('\n'));
            String names = String.join(";", headers.keySet());
            text.append('\n').append(names).append('\n').append(contentHash);
            String request = HEX.formatHex(sha256(text.toString().getBytes(StandardCharsets.UTF_8)));
            String signature = HEX.formatHex(hmac(key, ALGORITHM + "\n" + time + "\n" + scope + "\n" + request));
            return ALGORITHM + " Credential=" + accessKey + "/" + scope + ", SignedHeaders=" + names + ", Signature="
                    + signature;
        }
    }

    /** A path of which everything is encoded but letters, digits, {@code - . _ ~} and the slashes. */
    static String encode(String path) {
        StringBuilder out = new StringBuilder(path.length() + 16);
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = (b >= 'a' && b <= 'z')
                    || (b >= 'A' && b <= 'Z')
                    || (b >= '0' && b <= '9')
                    || b == '/'
                    || b == '-'
                    || b == '.'
                    || b == '_'
                    || b == '~';
            if (plain) {
                out.append((char) b);
            } else {
                out.append('%');
                HexFormat.of().withUpperCase().toHexDigits(out, b);
            }
        }
        return out.toString();
    }

    static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is part of Java", e);
        }
    }

    private static byte[] hmac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is part of Java", e);
        }
    }
}
