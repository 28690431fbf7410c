/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.StringWriter;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** Writes trees as CloudStack's XML: members of arrays are repeated elements, everything is text. */
final class XmlWriting {
    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();
    private static final int REPLACEMENT = 0xFFFD;

    private XmlWriting() {}

    /** @param version the root's {@code cloud-stack-version}; null for callers who are not authenticated */
    static String write(String rootName, JsonObject body, @Nullable String version) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = FACTORY.createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement(elementName(rootName));
            if (version != null) {
                xml.writeAttribute("cloud-stack-version", version);
            }
            fields(xml, body);
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("The answer " + rootName + " could not be written as XML", e);
        }
        return text.toString();
    }

    private static void fields(XMLStreamWriter xml, JsonObject object) throws XMLStreamException {
        for (Map.Entry<String, JsonElement> field : object.entrySet()) {
            String name = elementName(field.getKey());
            if (field.getValue().isJsonArray()) {
                for (JsonElement item : field.getValue().getAsJsonArray()) {
                    element(xml, name, item);
                }
            } else {
                element(xml, name, field.getValue());
            }
        }
    }

    private static void element(XMLStreamWriter xml, String name, JsonElement value) throws XMLStreamException {
        if (value.isJsonNull()) {
            return;
        }
        xml.writeStartElement(name);
        if (value.isJsonObject()) {
            fields(xml, value.getAsJsonObject());
        } else if (value.isJsonArray()) {
            for (JsonElement item : value.getAsJsonArray()) {
                element(xml, name, item);
            }
        } else {
            xml.writeCharacters(legal(value.getAsString()));
        }
        xml.writeEndElement();
    }

    /** Keys of free maps may be no names of elements: what is not allowed in one becomes an underscore. */
    private static String elementName(String key) {
        String name = key.replaceAll("[^A-Za-z0-9_.-]", "_");
        return name.isEmpty() || !name.substring(0, 1).matches("[A-Za-z_]") ? "_" + name : name;
    }

    /** XML 1.0 cannot hold most control characters, not even escaped. */
    private static String legal(String text) {
        StringBuilder legal = new StringBuilder(text.length());
        text.codePoints().forEach(c -> legal.appendCodePoint(isLegal(c) ? c : REPLACEMENT));
        return legal.toString();
    }

    private static boolean isLegal(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000;
    }
}
