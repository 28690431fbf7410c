/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Whom the bridge may import; see docs/design/layers.rst. */
@AnalyzeClasses(packages = "org.cloudstackbackup.bridge", importOptions = ImportOption.DoNotIncludeTests.class)
class LayerTest {
    @ArchTest
    static final ArchRule THE_BRIDGE_KNOWS_THE_SPI_AND_CLOUDSTACK = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "org.cloudstackbackup.bridge..",
                    "org.cloudstackbackup.spi..",
                    "org.apache.cloudstack..",
                    "com.cloud..",
                    "java..",
                    "javax.inject..",
                    "org.apache.logging.log4j..",
                    "org.jspecify..")
            .because("a drop-in jar holds nothing but driver, bridge and SPI, and no vendor's name is known here");
}
