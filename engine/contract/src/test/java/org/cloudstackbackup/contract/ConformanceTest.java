/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloud.utils.Pair;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What this module declares is what CloudStack 4.22 has; and the check itself notices every kind of difference. */
class ConformanceTest {
    private static final String FIXTURE = "org.cloudstackbackup.contract.fixture.";

    @Test
    void everyDeclaredTypeIsAsRecorded() throws Exception {
        Conformance conformance = new Conformance(list("/cloudstack-4.22.signatures.txt"));
        List<String> differences = new ArrayList<>();
        for (TypeSignature declared : declaredTypes()) {
            differences.addAll(conformance.differences(declared));
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void theRecordHoldsWhatIsDeclaredAndNothingElse() throws Exception {
        Set<String> declared = new HashSet<>();
        for (TypeSignature type : declaredTypes()) {
            declared.add(type.name());
        }
        assertThat(declared).hasSizeGreaterThan(50);
        assertThat(list("/cloudstack-4.22.signatures.txt").keySet())
                .as("run src/test/scripts/extract-signatures.py again")
                .isEqualTo(declared);
    }

    @Test
    void everyClassIsInCloudStacksNamespaces() throws Exception {
        Path classes = classes();
        try (Stream<Path> files = Files.walk(classes)) {
            List<String> outside = files.filter(Files::isRegularFile)
                    .map(file -> classes.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> !file.startsWith("com/cloud/") && !file.startsWith("org/apache/cloudstack/"))
                    .filter(file -> file.endsWith(".class"))
                    .toList();
            assertThat(outside).isEmpty();
        }
    }

    @Test
    void aFaithfulDeclarationHasNoDifferences() throws Exception {
        assertThat(differences("Faithful")).isEmpty();
        assertThat(differences("FaithfulAnnotation")).isEmpty();
        assertThat(differences("FaithfulAnnotation$Mode")).isEmpty();
    }

    @Test
    void aTypeThatIsNotRecordedIsReported() throws Exception {
        assertThat(differences("Invented")).containsExactly(FIXTURE + "Invented is not in the list");
    }

    @Test
    void aWrongKindSuperclassOrInterfaceIsReported() throws Exception {
        assertThat(differences("WrongKind")).contains(FIXTURE + "WrongKind kind is final class, the list says class");
        assertThat(differences("WrongKind$Inner"))
                .contains(FIXTURE + "WrongKind$Inner kind is interface, the list says enum");
        assertThat(differences("WrongParents"))
                .containsExactly(
                        FIXTURE + "WrongParents superclass is java.lang.Exception, the list says java.lang.Error",
                        FIXTURE
                                + "WrongParents interfaces is [java.lang.Runnable], the list says [java.lang.Cloneable]");
    }

    @Test
    void anInventedMemberIsReportedByName() throws Exception {
        assertThat(differences("WrongMembers"))
                .contains(
                        FIXTURE + "WrongMembers field invented is not in the list",
                        FIXTURE + "WrongMembers method invented()V is not in the list",
                        FIXTURE + "WrongMembers method inventedForHeirs()V is not in the list");
    }

    @Test
    void aWrongDescriptorIsReported() throws Exception {
        assertThat(differences("WrongMembers"))
                .contains(
                        FIXTURE + "WrongMembers field typed descriptor is J, the list says I",
                        FIXTURE + "WrongMembers method returns()J is not in the list",
                        FIXTURE + "WrongMembers method takes(J)V is not in the list");
    }

    @Test
    void aWrongModifierIsReported() throws Exception {
        assertThat(differences("WrongMembers"))
                .contains(
                        FIXTURE + "WrongMembers field shared modifiers is [], the list says [static]",
                        FIXTURE + "WrongMembers method sealed()V modifiers is [], the list says [final]",
                        FIXTURE + "WrongMembers method called()V modifiers is [], the list says [static]",
                        FIXTURE + "WrongMembers method hidden()V modifiers is [], the list says [protected]",
                        FIXTURE + "WrongMembers method done()V modifiers is [], the list says [abstract]");
    }

    @Test
    void aWrongConstantIsReported() throws Exception {
        assertThat(differences("WrongMembers"))
                .contains(
                        FIXTURE + "WrongMembers field NUMBER constant is 8, the list says 7",
                        FIXTURE + "WrongMembers field TEXT constant is two, the list says one",
                        FIXTURE + "WrongMembers field COMPUTED constant is null, the list says set");
    }

    @Test
    void aWrongGenericSignatureIsReported() throws Exception {
        assertThat(differences("WrongMembers"))
                .contains(
                        FIXTURE + "WrongMembers method strings()Ljava/util/List; generic signature is"
                                + " ()Ljava/util/List<Ljava/lang/Integer;>;, the list says"
                                + " ()Ljava/util/List<Ljava/lang/String;>;",
                        FIXTURE + "WrongMembers method raw()Ljava/util/List; generic signature is"
                                + " ()Ljava/util/List<Ljava/lang/String;>;, the list says null");
    }

    @Test
    void aWrongDefaultOfAnAnnotationIsReported() throws Exception {
        String mode = "L" + (FIXTURE + "FaithfulAnnotation$Mode;").replace('.', '/');
        assertThat(differences("WrongDefaults"))
                .containsExactly(
                        FIXTURE + "WrongDefaults method enabled()Z default is false, the list says true",
                        FIXTURE + "WrongDefaults method missing()I default is null, the list says 1",
                        FIXTURE + "WrongDefaults method mode()" + mode + " default is " + mode + ".FAST, the list says "
                                + mode + ".SLOW",
                        FIXTURE + "WrongDefaults method text()Ljava/lang/String; default is \"b\", the list says \"a\"",
                        FIXTURE + "WrongDefaults method types()[Ljava/lang/Class; default is [], the list says"
                                + " [Ljava/lang/Object;]");
    }

    @Test
    void aLineThatCannotBeReadIsRefused() {
        assertThatThrownBy(() -> SignatureList.parse("record com.cloud.Nothing"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("record com.cloud.Nothing");
    }

    private static List<String> differences(String fixture) throws IOException {
        String file = "/" + (FIXTURE + fixture).replace('.', '/') + ".class";
        try (InputStream in = ConformanceTest.class.getResourceAsStream(file)) {
            TypeSignature declared =
                    ClassFile.read(Objects.requireNonNull(in, "no " + file).readAllBytes());
            return new Conformance(list("/fixture.signatures.txt")).differences(declared);
        }
    }

    private static List<TypeSignature> declaredTypes() throws Exception {
        List<TypeSignature> types = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes())) {
            for (Path file : files.filter(ConformanceTest::isType).sorted().toList()) {
                types.add(ClassFile.read(Files.readAllBytes(file)));
            }
        }
        return types;
    }

    /** The compiler makes a class of every package-info, too; nothing can link to that. */
    private static boolean isType(Path file) {
        return file.toString().endsWith(".class") && !file.endsWith("package-info.class");
    }

    /** Where this module's classes are, found by one that every version of it has. */
    private static Path classes() throws Exception {
        URI location =
                Pair.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        return Path.of(location);
    }

    private static Map<String, TypeSignature> list(String resource) throws IOException {
        try (InputStream in = ConformanceTest.class.getResourceAsStream(resource)) {
            byte[] bytes = Objects.requireNonNull(in, "no " + resource).readAllBytes();
            return SignatureList.parse(new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
