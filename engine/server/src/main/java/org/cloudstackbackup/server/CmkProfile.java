/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** What a client needs to call as the admin user; kept in the data folder since the first start. */
record CmkProfile(String url, String apiKey, String secretKey) {
    static final String FILE = "cmk-profile.ini";

    /** Empty when the operator removed the file. */
    static Optional<CmkProfile> read(DataFolder data) {
        Path file = data.path().resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties lines = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            lines.load(reader);
        } catch (IOException e) {
            throw new StartFailure("Cannot read " + file + ": " + e, e);
        }
        return Optional.of(new CmkProfile(
                lines.getProperty("url", ""), lines.getProperty("apikey", ""), lines.getProperty("secretkey", "")));
    }

    /** The same keys at another address. */
    CmkProfile at(String newUrl) {
        return new CmkProfile(newUrl, apiKey, secretKey);
    }

    void write(DataFolder data) {
        data.writeSecret(FILE, "url = " + url + "\napikey = " + apiKey + "\nsecretkey = " + secretKey + "\n");
    }

    /** What to type to use it. */
    List<String> commands() {
        return List.of(
                "  cmk set url " + url, "  cmk set apikey " + apiKey, "  cmk set secretkey " + secretKey, "  cmk sync");
    }

    /** Leaves out the keys. */
    @Override
    public String toString() {
        return "CmkProfile[url=" + url + "]";
    }
}
