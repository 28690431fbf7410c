/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.dropin.dummy;

import java.nio.file.Path;
import org.cloudstackbackup.bridge.DriverBackupProvider;
import org.cloudstackbackup.dummy.DummyDriverFactory;

/**
 * The simulated product under the name {@value #NAME}: CloudStack has a provider {@code dummy} of its own.
 *
 * <p>Its folder is the system property {@value #FOLDER}; in it are {@code repository} and {@code volumes}.
 */
public class DummyBackupProvider extends DriverBackupProvider {
    static final String NAME = "dummy-files";
    static final String FOLDER = "cloudstackbackup.dummy.folder";

    private static final String DEFAULT_FOLDER = "/var/lib/cloudstack/management/cloudstackbackup-dummy";

    private final DummyDriverFactory factory;

    public DummyBackupProvider() {
        this(Path.of(System.getProperty(FOLDER, DEFAULT_FOLDER)));
    }

    private DummyBackupProvider(Path folder) {
        this(new DummyDriverFactory(folder.resolve("repository"), folder.resolve("volumes")));
    }

    private DummyBackupProvider(DummyDriverFactory factory) {
        super(NAME, factory);
        this.factory = factory;
    }

    @Override
    public boolean stop() {
        boolean stopped = super.stop();
        factory.close();
        return stopped;
    }
}
