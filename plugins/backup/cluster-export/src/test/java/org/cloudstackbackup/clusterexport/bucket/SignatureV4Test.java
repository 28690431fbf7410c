/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The signatures that AWS publishes as examples ("Authenticating Requests: Using the Authorization Header"). */
class SignatureV4Test {
    private static final Instant TIME = Instant.parse("2013-05-24T00:00:00Z");
    private final SignatureV4 signature =
            new SignatureV4("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1");

    @Test
    void aPutIsSignedAsInThePublishedExample() {
        String hash =
                HexFormat.of().formatHex(SignatureV4.sha256("Welcome to Amazon S3.".getBytes(StandardCharsets.UTF_8)));
        assertThat(hash).isEqualTo("44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072");
        Map<String, String> headers = Map.of(
                "date", "Fri, 24 May 2013 00:00:00 GMT",
                "host", "examplebucket.s3.amazonaws.com",
                "x-amz-content-sha256", hash,
                "x-amz-date", "20130524T000000Z",
                "x-amz-storage-class", "REDUCED_REDUNDANCY");
        SignatureV4.Moment moment = signature.at(TIME);
        assertThat(moment.time()).isEqualTo("20130524T000000Z");
        assertThat(moment.authorization("PUT", SignatureV4.encode("/test$file.text"), new TreeMap<>(headers), hash))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
                        + "SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class, "
                        + "Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    }

    @Test
    void aGetIsSignedAsInThePublishedExample() {
        String hash = HexFormat.of().formatHex(SignatureV4.sha256(new byte[0]));
        Map<String, String> headers = Map.of(
                "host", "examplebucket.s3.amazonaws.com",
                "range", "bytes=0-9",
                "x-amz-content-sha256", hash,
                "x-amz-date", "20130524T000000Z");
        assertThat(signature.at(TIME).authorization("GET", "/test.txt", new TreeMap<>(headers), hash))
                .endsWith("Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    @Test
    void anotherSecondAndAnotherDayAreSignedOtherwise() {
        TreeMap<String, String> headers = new TreeMap<>(Map.of("host", "h"));
        String first = signature.at(TIME).authorization("PUT", "/k", headers, "00");
        assertThat(signature.at(TIME.plusMillis(999)).authorization("PUT", "/k", headers, "00"))
                .isEqualTo(first);
        assertThat(signature.at(TIME.plusSeconds(1)).authorization("PUT", "/k", headers, "00"))
                .isNotEqualTo(first)
                .contains("/20130524/");
        assertThat(signature.at(TIME.plusSeconds(86_400)).authorization("PUT", "/k", headers, "00"))
                .contains("/20130525/");
        assertThat(signature.at(TIME).authorization("PUT", "/k", headers, "00")).isEqualTo(first);
    }

    @Test
    void pathsAreEncodedOnceAndSlashesStay() {
        assertThat(SignatureV4.encode("/b/a b:c%2F+é~_-.yaml")).isEqualTo("/b/a%20b%3Ac%252F%2B%C3%A9~_-.yaml");
    }
}
