/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.cloudstackbackup.pxbackup", importOptions = ImportOption.DoNotIncludeTests.class)
class ImportsTest {
    @ArchTest
    static final ArchRule THE_CLIENT_KNOWS_ITS_VENDOR_AND_NOTHING_OF_US = classes()
            .that()
            .resideInAPackage("org.cloudstackbackup.pxbackup.client")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "org.cloudstackbackup.pxbackup.client",
                    "java..",
                    "javax.net..",
                    "com.fasterxml.jackson..",
                    "org.apache.hc..",
                    "org.apache.logging.log4j",
                    "org.jspecify..")
            .because("the client could be published by itself: JDK, Jackson, HttpClient, JSpecify, Log4j API");

    @ArchTest
    static final ArchRule TRANSPORT_STAYS_INSIDE = noClasses()
            .that()
            .resideOutsideOfPackage("org.cloudstackbackup.pxbackup.client")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.hc..", "com.fasterxml.jackson..")
            .allowEmptyShould(true)
            .because("an adapter sees the client's records, not its transport");

    @ArchTest
    static final ArchRule COMMANDS_RUN_IN_BOTH_HOSTS = classes()
            .that()
            .resideInAPackage("org.cloudstackbackup.pxbackup.command")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "org.cloudstackbackup.pxbackup..",
                    "org.cloudstackbackup.spi",
                    "org.apache.cloudstack..",
                    "com.cloud..",
                    "com.google.gson.annotations",
                    "java..",
                    "javax.inject",
                    "javax.net.ssl",
                    "org.apache.logging.log4j",
                    "org.jspecify..")
            .because("CloudStack has neither our framework nor our server");
}
