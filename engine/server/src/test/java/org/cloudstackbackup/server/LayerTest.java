/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may import whom, in words and as rules; see docs/design/layers.rst. */
@AnalyzeClasses(
        packages = {"org.cloudstackbackup", "org.apache.cloudstack", "com.cloud"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class LayerTest {
    private static final String OURS = "org.cloudstackbackup..";
    private static final String SPI = "org.cloudstackbackup.spi..";
    private static final String FRAMEWORK = "org.cloudstackbackup.framework..";
    private static final String STORE = "org.cloudstackbackup.store..";
    private static final String SERVER = "org.cloudstackbackup.server..";
    private static final String DUMMY = "org.cloudstackbackup.dummy..";
    private static final String PX_BACKUP_DRIVER = "org.cloudstackbackup.pxbackup.driver..";
    private static final String PX_BACKUP_CLIENT = "org.cloudstackbackup.pxbackup.client..";
    private static final String CLUSTER_EXPORT = "org.cloudstackbackup.clusterexport..";
    private static final String CLUSTER_EXPORT_SERVICE = "org.cloudstackbackup.clusterexport.service..";
    private static final String EMULATORS = "org.cloudstackbackup.emulator..";
    private static final String[] CLOUDSTACK = {"org.apache.cloudstack..", "com.cloud.."};

    @ArchTest
    static void everyLayerIsSeen(JavaClasses classes) {
        for (String layer :
                new String[] {"spi", "framework", "store", "server", "dummy", "pxbackup", "clusterexport"}) {
            assertThat(classes.stream().map(JavaClass::getPackageName))
                    .as("classes of layer %s, without which its rules would prove nothing", layer)
                    .anyMatch(name -> name.startsWith("org.cloudstackbackup." + layer));
        }
        assertThat(classes.contain("org.apache.cloudstack.api.BaseCmd")).isTrue();
    }

    @ArchTest
    static final ArchRule THE_SPI_IMPORTS_ONLY_THE_JDK = classes()
            .that()
            .resideInAPackage(SPI)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(SPI, "java..", "org.jspecify..")
            .because("the contract between framework and drivers must not bring anything along");

    @ArchTest
    static final ArchRule A_DRIVER_TRANSLATES_AND_KNOWS_NEITHER_FRAMEWORK_NOR_SQL = noClasses()
            .that()
            .resideInAnyPackage(DUMMY, PX_BACKUP_DRIVER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(FRAMEWORK, STORE, SERVER, "java.sql..", "javax.sql..", "org.jdbi..")
            .because("no SQL, no schedule and no retry policy belongs into a driver");

    @ArchTest
    static final ArchRule THE_FRAMEWORK_NEVER_LEARNS_A_VENDOR_A_HOST_OR_SQL = noClasses()
            .that()
            .resideInAPackage(FRAMEWORK)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    STORE,
                    SERVER,
                    DUMMY,
                    PX_BACKUP_DRIVER,
                    PX_BACKUP_CLIENT,
                    "org.apache.cloudstack..",
                    "com.cloud..",
                    "java.sql..",
                    "javax.sql..",
                    "org.jdbi..")
            .because("differences between products reach the framework as capabilities, and storage through its ports");

    @ArchTest
    static final ArchRule THE_STORE_IMPLEMENTS_PORTS_AND_NOTHING_ELSE = noClasses()
            .that()
            .resideInAPackage(STORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    SERVER, DUMMY, PX_BACKUP_DRIVER, PX_BACKUP_CLIENT, "org.apache.cloudstack..", "com.cloud..")
            .because("SQL serves the framework's ports");

    @ArchTest
    static final ArchRule CLOUDSTACKS_TYPES_ARE_SEEN_ONLY_AT_THE_BORDER = noClasses()
            .that()
            .resideInAnyPackage(SPI, FRAMEWORK, STORE, DUMMY, PX_BACKUP_DRIVER, PX_BACKUP_CLIENT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CLOUDSTACK)
            .because("only the bridge, the server's commands and a driver's command package see CloudStack's types");

    @ArchTest
    static final ArchRule THE_CONTRACT_KNOWS_NOTHING_OF_US = noClasses()
            .that()
            .resideInAnyPackage(CLOUDSTACK)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(OURS)
            .because("CloudStack provides the real types");

    @ArchTest
    static final ArchRule ONLY_WIRING_SEES_DRIVERS = noClasses()
            .that()
            .resideInAPackage(OURS)
            .and()
            .resideOutsideOfPackages(DUMMY, "org.cloudstackbackup.pxbackup..", "org.cloudstackbackup.server")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DUMMY, PX_BACKUP_DRIVER, PX_BACKUP_CLIENT)
            .because("a provider is named in one place, where everything is put together");

    @ArchTest
    static final ArchRule THE_CLUSTER_EXPORT_KNOWS_NOTHING_OF_US = noClasses()
            .that()
            .resideInAPackage(CLUSTER_EXPORT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SPI, FRAMEWORK, STORE, SERVER, "org.apache.cloudstack..", "com.cloud..")
            .because("it is a program of its own, too");

    @ArchTest
    static final ArchRule THE_CLUSTER_EXPORT_IS_SEEN_BY_ITS_COMMANDS_ALONE = noClasses()
            .that()
            .resideInAPackage(OURS)
            .and()
            .resideOutsideOfPackages(CLUSTER_EXPORT, "org.cloudstackbackup.server.clusterexport..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CLUSTER_EXPORT)
            .because("whoever registers clusters, or backs them up otherwise, needs no export");

    @ArchTest
    static final ArchRule THE_COMMANDS_OF_THE_CLUSTER_EXPORT_SEE_ITS_SERVICE_ONLY = classes()
            .that()
            .resideInAPackage("org.cloudstackbackup.server.clusterexport..")
            .should()
            .onlyDependOnClassesThat(JavaClass.Predicates.resideInAPackage(CLUSTER_EXPORT_SERVICE)
                    .or(JavaClass.Predicates.resideOutsideOfPackage(CLUSTER_EXPORT)))
            .because("the rest of it changes with the program");

    @ArchTest
    static final ArchRule NOBODY_IMPORTS_AN_EMULATOR = noClasses()
            .that()
            .resideInAPackage(OURS)
            .and()
            .resideOutsideOfPackage(EMULATORS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(EMULATORS)
            .because("an emulator is spoken to over HTTP, as the product it stands for");

    @ArchTest
    static final ArchRule ONLY_THE_STORE_AND_WIRING_SPEAK_SQL = noClasses()
            .that()
            .resideInAPackage(SERVER)
            .and()
            .resideOutsideOfPackages("org.cloudstackbackup.server", "org.cloudstackbackup.server.job")
            .and()
            .doNotHaveFullyQualifiedName("org.cloudstackbackup.server.api.Failures")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi..", STORE)
            .because(
                    "commands go through services and ports; only the mapping of errors knows an outage of the database");

    @ArchTest
    static final ArchRule THE_API_KNOWS_NO_COMMAND = noClasses()
            .that()
            .resideInAPackage("org.cloudstackbackup.server.api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.cloudstackbackup.server.alert..",
                    "org.cloudstackbackup.server.backup..",
                    "org.cloudstackbackup.server.capacity..",
                    "org.cloudstackbackup.server.cluster..",
                    "org.cloudstackbackup.server.clusterexport..",
                    "org.cloudstackbackup.server.identity..",
                    "org.cloudstackbackup.server.inventory..",
                    "org.cloudstackbackup.server.setting..",
                    "org.cloudstackbackup.server.event..",
                    "org.cloudstackbackup.server.simulator..",
                    "org.cloudstackbackup.server.throttling..")
            .because("HTTP, parameters and rendering are the same for all commands");

    @ArchTest
    static final ArchRule THE_FRAMEWORKS_PACKAGES_FORM_NO_CYCLE =
            slices().matching("org.cloudstackbackup.framework.(*)..").should().beFreeOfCycles();
}
