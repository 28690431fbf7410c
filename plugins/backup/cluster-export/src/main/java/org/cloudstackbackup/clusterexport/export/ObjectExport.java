/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.cloudstackbackup.clusterexport.bucket.Bucket;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.catalog.Entry;
import org.cloudstackbackup.clusterexport.catalog.Packs;
import org.cloudstackbackup.clusterexport.config.ContentSettings;
import org.cloudstackbackup.clusterexport.content.CanonicalYaml;
import org.cloudstackbackup.clusterexport.content.InvalidObject;
import org.cloudstackbackup.clusterexport.content.ItemStream;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.content.ObjectCleaner;
import org.cloudstackbackup.clusterexport.content.SecretTreatment;
import org.cloudstackbackup.clusterexport.kube.ResourceType;
import org.cloudstackbackup.clusterexport.observe.EventLog;
import org.cloudstackbackup.clusterexport.observe.Level;
import org.jspecify.annotations.Nullable;

/** Turns one object into its file, and stores it when it is not stored already. Safe for use by many threads. */
final class ObjectExport {
    private static final String YAML = "application/x-yaml";
    private static final String SECRETS = "secrets";

    private final Bucket bucket;
    private final EventLog log;
    private final ContentSettings settings;
    private final ObjectCleaner cleaner;
    private final SecretTreatment secrets;

    ObjectExport(Bucket bucket, EventLog log, ContentSettings settings) {
        this.bucket = bucket;
        this.log = log;
        this.settings = settings;
        this.cleaner = new ObjectCleaner(settings);
        this.secrets = new SecretTreatment(settings);
    }

    /** Changes when files of unchanged objects would be written otherwise. */
    String contentFingerprint() {
        return settings.fingerprint() + " " + secrets.keyId();
    }

    /**
     * Makes the file of one object; {@code seen} names it and the state it was listed in.
     *
     * @return what stores the file; nothing when that is done already, or there is no file
     */
    Optional<UploadQueue.Upload> file(RunContext run, TypeProgress progress, ItemStream.Item item, Entry seen) {
        try {
            return fileOf(run, progress, item, seen).map(file -> upload(run, progress, file));
        } catch (InvalidObject e) {
            invalid(progress, seen, e);
        } catch (IOException e) {
            unreadable(progress, seen, e);
        }
        return Optional.empty();
    }

    /**
     * What an object looks like in its file.
     *
     * @param digest of the content, as it is before it is sealed
     */
    private record Content(Map<String, @Nullable Object> object, byte[] yaml, byte[] digest, boolean sealed) {}

    private Content content(ResourceType type, ItemStream.Item item) throws IOException {
        Map<String, @Nullable Object> object = item.read();
        cleaner.clean(object, type.apiVersion(), type.kind());
        cleaner.validate(object, type.namespaced());
        if (type.qualifiedName().equals(SECRETS)) {
            secrets.redact(object);
        }
        byte[] yaml = new CanonicalYaml(item.bytes() + 256).write(object);
        cleaner.checkSize(yaml.length);
        boolean sealed = secrets.isSealing(type.qualifiedName());
        return new Content(object, yaml, sealed ? secrets.mac(yaml) : SecretTreatment.sha256(yaml), sealed);
    }

    /**
     * A file that is not stored yet.
     *
     * @param hash of the content, as an entry has it
     * @param digest of the bytes
     * @param member what a pack keeps of it
     */
    private record Made(Entry seen, String hash, byte[] bytes, byte[] digest, byte[] member) {}

    private Optional<Made> fileOf(RunContext run, TypeProgress progress, ItemStream.Item item, Entry seen)
            throws IOException {
        Content content = content(progress.type, item);
        String hash = Base64.getEncoder().withoutPadding().encodeToString(content.digest());
        Entry before = run.before.entries().get(seen.key());
        boolean same =
                before != null && before.hash().equals(hash) && before.type().equals(seen.type());
        // A list that began anew may find the old content again where this very run wrote another.
        boolean asBefore = same && !run.doubtful.contains(seen.key()) && !run.written.contains(seen.key());
        if (before != null && asBefore) {
            progress.unchanged.increment();
            progress.store(before.seenAs(seen.uid(), seen.version()));
            return Optional.empty();
        }
        // From now on the file may be another one, though it is not stored yet.
        run.written.add(seen.key());
        byte[] file = content.sealed() ? sealed(content, seen) : content.yaml();
        byte[] digest = content.sealed() ? SecretTreatment.sha256(file) : content.digest();
        return Optional.of(new Made(seen, hash, file, digest, run.packs.compress(file)));
    }

    private UploadQueue.Upload upload(RunContext run, TypeProgress progress, Made file) {
        return new UploadQueue.Upload() {
            @Override
            public long bytes() {
                return file.bytes().length + file.member().length;
            }

            @Override
            public void run() {
                store(run, progress, file);
            }
        };
    }

    private void store(RunContext run, TypeProgress progress, Made file) {
        Entry seen = file.seen();
        try {
            bucket.put(seen.key(), file.bytes(), YAML, file.digest(), run::check);
            progress.uploaded.increment();
            Packs.Place place =
                    pack(run, file.member(), progress.type.qualifiedName().equals(SECRETS));
            if (log.shows(Level.DEBUG)) {
                log.debug("resource_uploaded", "Resource uploaded", place(seen, "path", seen.key()));
            }
            progress.store(seen.stored(file.hash(), file.bytes().length, place));
        } catch (CallFailed e) {
            failed(run, progress, seen, e);
        }
    }

    private byte[] sealed(Content content, Entry seen) {
        return new CanonicalYaml(content.yaml().length + 256L).write(secrets.seal(content.object(), seen.key()));
    }

    /** A pack that cannot be stored is missing to all objects in it, so it ends the run. */
    private static Packs.Place pack(RunContext run, byte[] member, boolean secret) {
        try {
            return run.packs.add(member, secret);
        } catch (CallFailed e) {
            run.abort(e);
            throw e;
        }
    }

    /** Notes an object of which no file can be made. */
    void invalid(TypeProgress progress, Entry seen, InvalidObject failure) {
        progress.unresolved(seen.key(), false);
        String reason = String.valueOf(failure.getMessage());
        Map<String, Object> data = place(seen, "validation_error", reason);
        if (settings.skipInvalid()) {
            log.warn("resource_invalid_skipped", "Resource cannot be exported and is skipped", data, reason);
        } else {
            log.error("resource_invalid_fatal", "Resource cannot be exported", data, reason);
            progress.fail(
                    "the object " + seen.namespace() + "/" + seen.name() + " cannot be exported: " + reason, "invalid");
        }
    }

    /** What the API server sent is no JSON, which says nothing about the object. */
    private void unreadable(TypeProgress progress, Entry seen, IOException failure) {
        progress.unresolved(seen.key(), true);
        log.error(
                "resource_unreadable",
                "What the API server sent of a resource is no JSON",
                place(seen, "path", seen.key()),
                String.valueOf(failure.getMessage()));
    }

    private void failed(RunContext run, TypeProgress progress, Entry seen, CallFailed failure) {
        // These will not get better with the next object; the store is gone, full or closed to us.
        ErrorClass errorClass = failure.errorClass();
        if (errorClass == ErrorClass.FULL
                || errorClass == ErrorClass.FORBIDDEN
                || errorClass == ErrorClass.UNAUTHORIZED
                || errorClass == ErrorClass.NOT_FOUND
                || errorClass == ErrorClass.CONFLICT) {
            run.abort(failure);
            return;
        }
        progress.unresolved(seen.key(), true);
        run.failed(progress.type.qualifiedName(), seen, failure);
        log.error(
                "resource_upload_failed",
                "Resource could not be stored",
                place(seen, "error_class", errorClass.label()),
                String.valueOf(failure.getMessage()));
    }

    private static Map<String, Object> place(Entry seen, String key, String value) {
        return JsonTree.ordered(
                "namespace", seen.namespace(), "resource", seen.type(), "resource_name", seen.name(), key, value);
    }
}
