/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.dropin.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * A finished jar.
 *
 * @param module the name of its module in CloudStack
 * @param folder where it is built, beside this module
 */
record DropIn(String module, String folder) {
    private static final int CONSTANT_CLASS = 7;

    Path jar() {
        Path target = Path.of(System.getProperty("dropins", ".."), folder, "target");
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().startsWith(module))
                    .filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("There is no jar of " + module + " in " + target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String context() {
        return "META-INF/cloudstack/" + module + "/spring-" + module + "-context.xml";
    }

    List<String> entries() {
        try (JarFile jar = new JarFile(jar().toFile())) {
            return jar.stream().map(ZipEntry::getName).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> classes() {
        return entries().stream().filter(name -> name.endsWith(".class")).toList();
    }

    /** The bytes of every class, by the name of its entry. */
    Map<String, byte[]> classBytes() {
        Map<String, byte[]> classes = new TreeMap<>();
        try (JarFile jar = new JarFile(jar().toFile())) {
            for (ZipEntry entry : Collections.list(jar.entries())) {
                if (entry.getName().endsWith(".class")) {
                    classes.put(entry.getName(), jar.getInputStream(entry).readAllBytes());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return classes;
    }

    byte[] read(String entry) {
        try (JarFile jar = new JarFile(jar().toFile())) {
            ZipEntry found = jar.getEntry(entry);
            if (found == null) {
                throw new AssertionError("There is no " + entry + " in " + jar.getName());
            }
            return jar.getInputStream(found).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Internal names of the classes that a class names; of an array, that of its elements. */
    static Set<String> references(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        char[] buffer = new char[reader.getMaxStringLength()];
        Set<String> names = new TreeSet<>();
        for (int item = 1; item < reader.getItemCount(); item++) {
            int offset = reader.getItem(item);
            if (offset > 0 && reader.readByte(offset - 1) == CONSTANT_CLASS) {
                String name = reader.readUTF8(offset, buffer);
                if (name != null) {
                    elementOf(name).ifPresent(names::add);
                }
            }
        }
        return names;
    }

    /** Internal names of the classes that a class makes objects of. */
    static Set<String> made(byte[] bytes) {
        Set<String> names = new TreeSet<>();
        new ClassReader(bytes)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access,
                                    String name,
                                    String descriptor,
                                    @Nullable String signature,
                                    String @Nullable [] exceptions) {
                                return new MethodVisitor(Opcodes.ASM9) {
                                    @Override
                                    public void visitTypeInsn(int instruction, String type) {
                                        if (instruction == Opcodes.NEW) {
                                            names.add(type);
                                        }
                                    }
                                };
                            }
                        },
                        ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return names;
    }

    private static Optional<String> elementOf(String name) {
        if (!name.startsWith("[")) {
            return Optional.of(name);
        }
        String element = name.substring(name.lastIndexOf('[') + 1);
        return element.startsWith("L") ? Optional.of(element.substring(1, element.length() - 1)) : Optional.empty();
    }

    /** Folders that a file lies in, each with a slash at its end. */
    static List<String> parents(String entry) {
        List<String> parents = new ArrayList<>();
        for (int slash = entry.indexOf('/');
                slash >= 0 && slash < entry.length() - 1;
                slash = entry.indexOf('/', slash + 1)) {
            parents.add(entry.substring(0, slash + 1));
        }
        return parents;
    }

    @Override
    public String toString() {
        return module;
    }
}
