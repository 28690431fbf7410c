/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.restore;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cloudstackbackup.clusterexport.bucket.Bucket;
import org.cloudstackbackup.clusterexport.catalog.Entry;
import org.cloudstackbackup.clusterexport.catalog.Packs;
import org.cloudstackbackup.clusterexport.content.InvalidObject;
import org.cloudstackbackup.clusterexport.content.SecretTreatment;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads objects of a run back, and opens what is encrypted. Safe for use by many threads. */
public final class ObjectReader {
    private static final int LARGEST = 64 << 20;

    private final Bucket bucket;
    private final SecretTreatment secrets;

    public ObjectReader(Bucket bucket, SecretTreatment secrets) {
        this.bucket = requireNonNull(bucket, "bucket is null");
        this.secrets = requireNonNull(secrets, "secrets is null");
    }

    /**
     * The object as it was exported.
     *
     * @throws InvalidObject when it is damaged, or encrypted with a key that is not ours
     */
    public Map<String, @Nullable Object> read(Entry entry) {
        byte[] content = Packs.read(bucket, entry);
        Map<String, @Nullable Object> object = parse(content);
        if (object.containsKey(SecretTreatment.ENCRYPTED) && entry.type().equals("secrets")) {
            return secrets.open(object, entry.key());
        }
        String hash = Base64.getEncoder().withoutPadding().encodeToString(SecretTreatment.sha256(content));
        if (!hash.equals(entry.hash())) {
            throw new InvalidObject("its content is not the one that was stored");
        }
        return object;
    }

    private static Map<String, @Nullable Object> parse(byte[] content) {
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(LARGEST)
                .setDefaultMap(LinkedHashMap::new)
                .build();
        try {
            Object root = new Load(settings).loadFromString(new String(content, StandardCharsets.UTF_8));
            if (root instanceof Map<?, ?> map) {
                Map<String, @Nullable Object> object = new LinkedHashMap<>();
                map.forEach((key, value) -> object.put(String.valueOf(key), value));
                return object;
            }
        } catch (YamlEngineException e) {
            throw new InvalidObject("its content is no YAML: " + e.getMessage());
        }
        throw new InvalidObject("its content is no object");
    }
}
