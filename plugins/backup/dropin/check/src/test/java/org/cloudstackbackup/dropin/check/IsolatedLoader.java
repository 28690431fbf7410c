/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.dropin.check;

import com.cloud.utils.Pair;
import com.google.gson.Gson;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import javax.inject.Inject;
import org.apache.logging.log4j.LogManager;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.core.SpringVersion;
import org.springframework.expression.Expression;

/** A class loader as CloudStack's is, as far as a drop-in jar is concerned: its types, Spring, and what both need. */
final class IsolatedLoader {
    private static final List<Class<?>> AROUND = List.of(
            Pair.class,
            Gson.class,
            Inject.class,
            LogManager.class,
            SpringVersion.class,
            BeanFactory.class,
            ApplicationContext.class,
            AopUtils.class,
            Expression.class,
            org.apache.commons.logging.LogFactory.class);

    private IsolatedLoader() {}

    /** @param testClasses classes of this module or of tests that are loaded beside the jar */
    static URLClassLoader of(Path jar, Class<?>... testClasses) throws IOException {
        URL[] urls = new URL[1 + AROUND.size() + testClasses.length];
        int next = 0;
        urls[next++] = jar.toUri().toURL();
        for (Class<?> type : AROUND) {
            urls[next++] = locationOf(type);
        }
        for (Class<?> type : testClasses) {
            urls[next++] = locationOf(type);
        }
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    private static URL locationOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
