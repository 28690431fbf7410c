/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package of the module may import which; see docs/design/cluster-export.rst. */
@AnalyzeClasses(packages = "org.cloudstackbackup.clusterexport", importOptions = ImportOption.DoNotIncludeTests.class)
class LayerTest {
    private static final String BASE = "org.cloudstackbackup.clusterexport.";

    @ArchTest
    static final ArchRule PACKAGES_IMPORT_WHAT_STANDS_BELOW = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(BASE + "(*)..")
            .withOptionalLayers(true)
            .layer("observe")
            .definedBy(BASE + "observe..")
            .layer("call")
            .definedBy(BASE + "call..")
            .layer("http")
            .definedBy(BASE + "http..")
            .layer("config")
            .definedBy(BASE + "config..")
            .layer("content")
            .definedBy(BASE + "content..")
            .layer("wire")
            .definedBy(BASE + "bucket..", BASE + "kube..")
            .layer("choice")
            .definedBy(BASE + "select..", BASE + "catalog..")
            .layer("work")
            .definedBy(BASE + "export..", BASE + "restore..")
            .layer("front")
            .definedBy(BASE + "cli..", BASE + "service..", BASE + "command..")
            .layer("training")
            .definedBy(BASE + "training..")
            .whereLayer("training")
            .mayNotAccessAnyLayer()
            .whereLayer("training")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("observe")
            .mayNotAccessAnyLayer()
            .whereLayer("call")
            .mayNotAccessAnyLayer()
            .whereLayer("http")
            .mayNotAccessAnyLayer()
            .whereLayer("http")
            .mayOnlyBeAccessedByLayers("wire")
            .whereLayer("config")
            .mayOnlyAccessLayers("observe", "call")
            .whereLayer("content")
            .mayOnlyAccessLayers("observe", "config")
            .whereLayer("wire")
            .mayOnlyAccessLayers("observe", "call", "http", "config", "content")
            .whereLayer("choice")
            .mayOnlyAccessLayers("observe", "call", "config", "content", "wire")
            .whereLayer("work")
            .mayOnlyBeAccessedByLayers("front")
            .whereLayer("front")
            .mayNotBeAccessedByAnyLayer()
            .because("each package can be read without those above it");

    @ArchTest
    static final ArchRule THE_TWO_WIRES_DO_NOT_KNOW_EACH_OTHER = noClasses()
            .that()
            .resideInAPackage(BASE + "bucket..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(BASE + "kube..")
            .because("a bucket is of use without a cluster");

    @ArchTest
    static final ArchRule A_CLUSTER_IS_OF_USE_WITHOUT_A_BUCKET = noClasses()
            .that()
            .resideInAnyPackage(BASE + "kube..", BASE + "select..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(BASE + "bucket..", BASE + "catalog..")
            .because("what is exported is decided without knowing where it goes");

    @ArchTest
    static final ArchRule EXPORT_AND_RESTORE_DO_NOT_KNOW_EACH_OTHER = noClasses()
            .that()
            .resideInAPackage(BASE + "export..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(BASE + "restore..")
            .because("they meet in the catalog only");

    @ArchTest
    static final ArchRule RESTORE_AND_EXPORT_DO_NOT_KNOW_EACH_OTHER = noClasses()
            .that()
            .resideInAPackage(BASE + "restore..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(BASE + "export..")
            .because("they meet in the catalog only");

    @ArchTest
    static final ArchRule THE_SDK_IS_SEEN_BY_THE_BUCKET_ALONE = noClasses()
            .that()
            .resideOutsideOfPackage(BASE + "bucket..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon..")
            .because("everything else knows objects and keys");
}
