/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.contract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Reads a compiled class in the terms of the recorded list. */
final class ClassFile extends ClassVisitor {
    private final Map<String, MemberSignature> members = new HashMap<>();
    private String kind = "";
    private String name = "";
    private String superclass = "";
    private Set<String> interfaces = Set.of();

    private ClassFile() {
        super(Opcodes.ASM9);
    }

    static TypeSignature read(byte[] bytes) {
        ClassFile file = new ClassFile();
        new ClassReader(bytes).accept(file, ClassReader.SKIP_CODE | ClassReader.SKIP_FRAMES | ClassReader.SKIP_DEBUG);
        return new TypeSignature(file.kind, file.name, file.superclass, file.interfaces, file.members);
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            @Nullable String signature,
            @Nullable String superName,
            String @Nullable [] interfaces) {
        this.kind = kind(access);
        this.name = dotted(name);
        this.superclass = superName == null ? "java.lang.Object" : dotted(superName);
        this.interfaces = interfaces == null
                ? Set.of()
                : Set.of(interfaces).stream().map(ClassFile::dotted).collect(Collectors.toSet());
    }

    @Override
    public @Nullable FieldVisitor visitField(
            int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
        if (isListed(access)) {
            String constant = value == null ? null : value.toString();
            add(new MemberSignature("field " + name, descriptor, modifiers(access), constant, null, null));
        }
        return null;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        if (!isListed(access) || "<clinit>".equals(name)) {
            return null;
        }
        String key = "method " + name + descriptor;
        add(new MemberSignature(key, descriptor, modifiers(access), null, signature, null));
        return new DefaultReader(key);
    }

    private void add(MemberSignature member) {
        members.put(member.key(), member);
    }

    /** The list has public and protected members that a person wrote. */
    private static boolean isListed(int access) {
        return (access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) != 0 && (access & Opcodes.ACC_SYNTHETIC) == 0;
    }

    private static String kind(int access) {
        if ((access & Opcodes.ACC_ANNOTATION) != 0) {
            return "@interface";
        } else if ((access & Opcodes.ACC_INTERFACE) != 0) {
            return "interface";
        } else if ((access & Opcodes.ACC_ENUM) != 0) {
            return "enum";
        } else if ((access & Opcodes.ACC_ABSTRACT) != 0) {
            return "abstract class";
        }
        return (access & Opcodes.ACC_FINAL) != 0 ? "final class" : "class";
    }

    private static Set<String> modifiers(int access) {
        Set<String> words = new HashSet<>();
        addIf(words, "protected", access & Opcodes.ACC_PROTECTED);
        addIf(words, "static", access & Opcodes.ACC_STATIC);
        addIf(words, "final", access & Opcodes.ACC_FINAL);
        addIf(words, "abstract", access & Opcodes.ACC_ABSTRACT);
        return words;
    }

    private static void addIf(Set<String> words, String word, int bit) {
        if (bit != 0) {
            words.add(word);
        }
    }

    private static String dotted(String internalName) {
        return internalName.replace('/', '.');
    }

    /** Writes the default of an annotation's element as the list does. */
    private static String text(Object value) {
        if (value instanceof String string) {
            return '"' + string + '"';
        }
        return value instanceof Type type ? type.getDescriptor() : value.toString();
    }

    /** Takes the default of one element; elements without a default never get here. */
    private final class DefaultReader extends MethodVisitor {
        private final String key;

        DefaultReader(String key) {
            super(Opcodes.ASM9);
            this.key = key;
        }

        @Override
        public AnnotationVisitor visitAnnotationDefault() {
            return new DefaultValue(this::take);
        }

        private void take(String value) {
            members.computeIfPresent(
                    key,
                    (k, m) -> new MemberSignature(k, m.descriptor(), m.modifiers(), m.constant(), m.generic(), value));
        }
    }

    /** A value, or the values of an array. */
    private static final class DefaultValue extends AnnotationVisitor {
        private final java.util.function.Consumer<String> taker;

        DefaultValue(java.util.function.Consumer<String> taker) {
            super(Opcodes.ASM9);
            this.taker = taker;
        }

        @Override
        public void visit(@Nullable String name, Object value) {
            taker.accept(text(value));
        }

        @Override
        public void visitEnum(@Nullable String name, String descriptor, String value) {
            taker.accept(descriptor + "." + value);
        }

        @Override
        public AnnotationVisitor visitArray(@Nullable String name) {
            List<String> values = new ArrayList<>();
            return new AnnotationVisitor(Opcodes.ASM9, new DefaultValue(values::add)) {
                @Override
                public void visitEnd() {
                    taker.accept("[" + String.join(", ", values) + "]");
                }
            };
        }
    }
}
