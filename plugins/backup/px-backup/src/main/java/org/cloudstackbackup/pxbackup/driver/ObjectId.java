/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cloudstackbackup.pxbackup.client.ObjectRef;
import org.cloudstackbackup.pxbackup.client.Parameters;

/** An object of the product by name and uid; the product wants both. Written {@code name/uid}. */
record ObjectId(String name, String uid) {
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,127})/([A-Za-z0-9-]{1,64})");

    /** Empty for a text that cannot be one. */
    static Optional<ObjectId> of(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(new ObjectId(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    Parameters parameters() {
        return Parameters.of(name, uid);
    }

    ObjectRef ref() {
        return new ObjectRef(name, uid);
    }

    @Override
    public String toString() {
        return name + "/" + uid;
    }
}
