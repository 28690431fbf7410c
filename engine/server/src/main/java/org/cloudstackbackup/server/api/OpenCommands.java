/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What CloudStack's UI asks on its login page, before anybody has logged in: which other ways to log in there are, whether a
 * password can be reset, and which theme to wear. There is none of it, and the answer is the same for everybody; a refusal of the
 * sender would make the UI show an error in front of the login form.
 */
final class OpenCommands {
    private static final int UNSUPPORTED = 432;
    private static final String RESET = "forgotpassword";
    private static final Set<String> EMPTY = Set.of("listguithemes", "listidps", "listoauthprovider");

    private OpenCommands() {}

    /** Whether anybody may call it. */
    static boolean include(@Nullable String command) {
        String name = lower(command);
        return name.equals(RESET) || EMPTY.contains(name);
    }

    /** The wrapper key of the answer. */
    static String key(@Nullable String command) {
        return lower(command) + "response";
    }

    /** @throws FailureException 432 for what is switched off */
    static JsonObject answer(@Nullable String command) {
        if (lower(command).equals(RESET)) {
            throw new FailureException(
                    UNSUPPORTED, "Passwords cannot be reset by their users here; ask an administrator");
        }
        return new JsonObject();
    }

    private static String lower(@Nullable String command) {
        return command == null ? "" : command.toLowerCase(Locale.ROOT);
    }
}
