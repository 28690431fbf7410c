/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.dropin.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.cloudstackbackup.bridge.fake.FakeCloudStack;
import org.cloudstackbackup.dropin.check.inside.Trial;
import org.cloudstackbackup.emulator.kubevirt.Claim;
import org.cloudstackbackup.emulator.kubevirt.KubeCluster;
import org.cloudstackbackup.emulator.kubevirt.VirtualMachine;
import org.cloudstackbackup.emulator.pxbackup.PxBackupEmulator;
import org.cloudstackbackup.emulator.pxbackup.PxBackupOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;

/** What CloudStack 4.22 demands of a jar on its class path. A new drop-in adds one line to {@link #all}. */
class DropInIT {
    private static final int JAVA_17 = 61;
    private static final int SIZE = 1 << 20;
    private static final List<String> DONE = List.of(
            "assigned true",
            "taken BackedUp",
            "spoiled true",
            "restored true",
            "content true",
            "volume true",
            "sync [] 1",
            "deleted true",
            "sync [] 0");
    private static final String OURS = "org/cloudstackbackup/";

    /** What CloudStack brings and a jar may name: its own types, and the libraries that both share. */
    private static final List<String> AROUND = List.of(
            "java/",
            "javax/",
            "com/sun/nio/file/",
            "com/cloud/",
            "org/apache/cloudstack/",
            "org/apache/logging/log4j/",
            "com/google/gson/annotations/");

    static List<DropIn> all() {
        return List.of(
                new DropIn("cloudstackbackup-dummy", "dummy"), new DropIn("cloudstackbackup-pxbackup", "px-backup"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void theModuleFileIsAsTheLoaderWantsIt(DropIn dropIn) throws IOException {
        List<String> modules = dropIn.entries().stream()
                .filter(name -> name.matches("META-INF/cloudstack/[^/]+/"))
                .toList();
        assertThat(modules).containsExactly("META-INF/cloudstack/" + dropIn.module() + "/");
        Properties properties = new Properties();
        properties.load(new ByteArrayInputStream(dropIn.read(modules.get(0) + "module.properties")));
        assertThat(properties).containsEntry("name", dropIn.module()).containsEntry("parent", "backup");
        assertThat(dropIn.entries())
                .filteredOn(name -> name.endsWith("context.xml"))
                .containsExactly(dropIn.context());
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyFolderHasAnEntryOfItsOwn(DropIn dropIn) {
        Set<String> entries = new HashSet<>(dropIn.entries());
        Set<String> missing = new TreeSet<>();
        dropIn.entries().forEach(entry -> missing.addAll(DropIn.parents(entry)));
        missing.removeAll(entries);
        assertThat(missing).isEmpty();
        assertThat(dropIn.entries()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyClassIsOursOrHasMovedToUs(DropIn dropIn) {
        assertThat(dropIn.classes()).hasSizeGreaterThan(80).allMatch(name -> name.startsWith(OURS));
        assertThat(dropIn.entries())
                .noneMatch(name -> name.startsWith("META-INF/versions/"))
                .noneMatch(name -> name.matches("META-INF/.*\\.(SF|RSA|DSA)"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyClassIsForJava17(DropIn dropIn) {
        dropIn.classBytes().forEach((name, bytes) -> {
            int version = new ClassReader(bytes).readUnsignedShort(6);
            if (name.contains("/lib/")) {
                assertThat(version).as(name).isLessThanOrEqualTo(JAVA_17);
            } else {
                assertThat(version).as(name).isEqualTo(JAVA_17);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void nothingIsNamedThatIsNotThere(DropIn dropIn) {
        Map<String, byte[]> classes = dropIn.classBytes();
        Set<String> strange = new TreeSet<>();
        classes.forEach((name, bytes) -> {
            for (String reference : DropIn.references(bytes)) {
                boolean known = classes.containsKey(reference + ".class")
                        || AROUND.stream().anyMatch(reference::startsWith);
                // Libraries name optional ones that they can do without, but never those that are packed and moved.
                boolean optional =
                        name.contains("/lib/") && !reference.matches("(com/fasterxml|org/apache/hc|org/slf4j)/.*");
                if (!known && !optional) {
                    strange.add(name + " names " + reference);
                }
            }
        });
        assertThat(strange).isEmpty();
    }

    /** CloudStack's sync ends its cycle for all zones; the one that the compiler itself makes says that a jar is mixed up. */
    @ParameterizedTest
    @MethodSource("all")
    void nothingOfOursMakesAnError(DropIn dropIn) {
        dropIn.classBytes().forEach((name, bytes) -> {
            if (!name.contains("/lib/")) {
                assertThat(DropIn.made(bytes))
                        .as(name)
                        .filteredOn(type -> type.endsWith("Error"))
                        .isSubsetOf("java/lang/IncompatibleClassChangeError");
            }
        });
    }

    @Test
    void twoJarsHaveNoClassInCommon() {
        Set<String> seen = new HashSet<>();
        for (DropIn dropIn : all()) {
            for (String name : dropIn.classes()) {
                assertThat(seen.add(name))
                        .as("%s of %s is in another jar, too", name, dropIn)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyClassOfOursLinksAgainstCloudStacksTypesAlone(DropIn dropIn) throws Exception {
        try (URLClassLoader loader = IsolatedLoader.of(dropIn.jar())) {
            for (String name : dropIn.classes()) {
                if (!name.contains("/lib/") && !name.endsWith("package-info.class")) {
                    Class<?> type = Class.forName(
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'), false, loader);
                    assertThat(type.getClassLoader()).isSameAs(loader);
                    assertThatCode(() -> members(type)).as(name).doesNotThrowAnyException();
                }
            }
        }
    }

    /** A type that a member names and that is not there is found out here. */
    private static int members(Class<?> type) {
        return type.getDeclaredFields().length
                + type.getDeclaredMethods().length
                + type.getDeclaredConstructors().length;
    }

    @Test
    void theDummyJarDoesTheWholeJob(@TempDir Path folder) throws Exception {
        System.setProperty("cloudstackbackup.dummy.folder", folder.toString());
        try {
            DropIn dropIn = all().get(0);
            assertThat(DropInIT.<Map<String, List<String>>>inside(dropIn, trial -> call(trial, "facts")))
                    .containsEntry("name", List.of("dummy-files"))
                    .containsEntry("commands", List.of())
                    .hasEntrySatisfying(
                            "settings",
                            settings -> assertThat(settings)
                                    .contains("backup.plugin.dummy.delay", "backup.plugin.dummy.job.timeout"));
            Path volumes = Files.createDirectories(folder.resolve("volumes"));
            assertThat(job(
                            dropIn,
                            Map.of(),
                            Map.of(),
                            uuid -> made(volumes, uuid + ".raw"),
                            path -> write(volumes.resolve(path), (byte) 9),
                            path -> fingerprint(volumes.resolve(path))))
                    .containsExactlyElementsOf(DONE);
        } finally {
            System.clearProperty("cloudstackbackup.dummy.folder");
        }
    }

    @Test
    void thePxBackupJarBringsItsCommandsAndSaysWhatIsNotSet() throws Exception {
        DropIn dropIn = all().get(1);
        Map<String, List<String>> facts = inside(dropIn, trial -> call(trial, "facts"));
        assertThat(facts).containsEntry("name", List.of("pxbackup"));
        assertThat(facts.get("commands")).contains("listPxBackups", "createPxBackupSchedule", "testPxBackupConnection");
        assertThat(facts.get("settings")).contains("backup.plugin.pxbackup.url");
        List<String> answers = inside(dropIn, trial -> call(trial, "answersWithoutSettings"));
        assertThat(answers.remove(1)).isEqualTo("nothing");
        assertThat(answers)
                .hasSize(3)
                .allSatisfy(answer ->
                        assertThat(answer).startsWith("CloudRuntimeException ").contains("backup.plugin.pxbackup."));
    }

    @Test
    void thePxBackupJarDoesTheWholeJobOverHttp() throws Exception {
        try (PxBackupEmulator product = PxBackupEmulator.start(PxBackupOptions.forTests()
                .withToken("token-of-the-test")
                .withStart(Instant.now())
                .withSpeed(30))) {
            KubeCluster cluster = product.addCluster("cluster", "UTC");
            product.addLocation("location", 0);
            product.addPolicy("at-month-end", "{\"monthly\":{\"date\":28,\"time\":\"02:00AM\",\"retain\":3}}");
            cluster.put(Claim.of("shop", "disk-0", SIZE, ""));
            cluster.write("shop", "disk-0", filled((byte) 7), SIZE);
            VirtualMachine machine =
                    VirtualMachine.of("shop", "web-1", "disk-0").withPhase(VirtualMachine.Phase.STOPPED);
            cluster.put(machine);
            Map<String, String> settings = Map.of(
                    "backup.plugin.pxbackup.url", product.url(),
                    "backup.plugin.pxbackup.token", "token-of-the-test",
                    "backup.plugin.pxbackup.cluster", "cluster",
                    "backup.plugin.pxbackup.backup.location", "location");
            Map<String, String> details =
                    Map.of("kubevirt.namespace", "shop", "kubevirt.name", "web-1", "kubevirt.uid", machine.uid());
            assertThat(job(
                            all().get(1),
                            settings,
                            details,
                            uuid -> "shop/disk-0",
                            path -> cluster.write("shop", "disk-0", filled((byte) 9), SIZE),
                            path -> checksum(cluster, path)))
                    .containsExactlyElementsOf(DONE);
        }
    }

    private List<String> job(
            DropIn dropIn,
            Map<String, String> settings,
            Map<String, String> details,
            UnaryOperator<String> path,
            Consumer<String> spoil,
            UnaryOperator<String> fingerprint)
            throws Exception {
        return inside(dropIn, trial -> {
            call(trial, "configure", settings);
            return call(trial, "job", details, path, spoil, fingerprint);
        });
    }

    private static String checksum(KubeCluster cluster, String path) {
        String[] names = path.split("/");
        return cluster.claim(names[0], names[1]).orElseThrow().content().checksum();
    }

    private static byte[] filled(byte value) {
        byte[] bytes = new byte[SIZE];
        Arrays.fill(bytes, value);
        return bytes;
    }

    private static String made(Path folder, String name) {
        write(folder.resolve(name), (byte) 7);
        return name;
    }

    private static void write(Path file, byte value) {
        try {
            Files.write(file, filled(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String fingerprint(Path file) {
        try {
            return Arrays.hashCode(Files.readAllBytes(file)) + " " + Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Uses a trial in a class loader of its own, as CloudStack's module loader would. */
    @SuppressWarnings("unchecked")
    private static <T> T inside(DropIn dropIn, Use use) throws Exception {
        ClassLoader former = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = IsolatedLoader.of(dropIn.jar(), Trial.class, FakeCloudStack.class)) {
            Thread.currentThread().setContextClassLoader(loader);
            Class<?> type = loader.loadClass(Trial.class.getName());
            assertThat(type).isNotSameAs(Trial.class);
            try (AutoCloseable trial =
                    (AutoCloseable) type.getConstructor(String.class).newInstance(dropIn.context())) {
                return (T) use.of(trial);
            }
        } finally {
            Thread.currentThread().setContextClassLoader(former);
        }
    }

    private static Object call(Object trial, String name, Object... arguments) throws Exception {
        for (Method candidate : trial.getClass().getMethods()) {
            if (candidate.getName().equals(name)) {
                return Objects.requireNonNull(candidate.invoke(trial, arguments));
            }
        }
        throw new AssertionError("The trial has no " + name);
    }

    /** What is done with a trial. */
    @FunctionalInterface
    private interface Use {
        Object of(Object trial) throws Exception;
    }
}
