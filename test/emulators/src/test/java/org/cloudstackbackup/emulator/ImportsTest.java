/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the one rule of this module. */
@AnalyzeClasses(packages = "org.cloudstackbackup", importOptions = ImportOption.DoNotIncludeTests.class)
class ImportsTest {
    private static final DescribedPredicate<JavaClass> THE_PROJECT = JavaClass.Predicates.resideInAnyPackage(
                    "org.cloudstackbackup..", "org.apache.cloudstack..", "com.cloud..")
            .and(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("org.cloudstackbackup.emulator..")));

    @ArchTest
    static void theEmulatorsAreSeen(JavaClasses classes) {
        assertThat(classes.contain("org.cloudstackbackup.emulator.pxbackup.PxBackupEmulator"))
                .isTrue();
    }

    @ArchTest
    static final ArchRule AN_EMULATOR_IMPORTS_NOTHING_OF_THE_PROJECT = noClasses()
            .that()
            .resideInAPackage("org.cloudstackbackup.emulator..")
            .should()
            .dependOnClassesThat(THE_PROJECT)
            .because("an emulator that shared a driver's code would share its mistakes");

    @ArchTest
    static final ArchRule WHAT_PRODUCTS_SHARE_KNOWS_NO_PRODUCT = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.cloudstackbackup.emulator.http..",
                    "org.cloudstackbackup.emulator.kubevirt..",
                    "org.cloudstackbackup.emulator.time..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.cloudstackbackup.emulator.pxbackup..")
            .because("other products are to be imitated with the same listener, clusters and clock");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("org.cloudstackbackup.emulator.(*)..").should().beFreeOfCycles();
}
