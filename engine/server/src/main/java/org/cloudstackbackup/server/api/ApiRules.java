/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.spi.SettingDefinition.Scope;
import org.cloudstackbackup.spi.SettingDefinition.Type;

/** What the operator has set about requests; the names are CloudStack's. Safe for use by many threads. */
public final class ApiRules {
    public static final SettingDefinition THROTTLING_ENABLED = SettingDefinition.global(
            "api.throttling.enabled",
            Type.BOOLEAN,
            "false",
            "Whether an account's API calls are limited; root admins' are not. Each server counts for itself");

    public static final SettingDefinition THROTTLING_INTERVAL = SettingDefinition.global(
            "api.throttling.interval",
            Type.POSITIVE,
            "1",
            "Seconds after which an account's API calls are counted anew");

    public static final SettingDefinition THROTTLING_MAX = SettingDefinition.global(
            "api.throttling.max", Type.POSITIVE, "25", "Most API calls of an account in one interval; at least 1");

    public static final SettingDefinition ENFORCE_POST = SettingDefinition.global(
            "enforce.post.requests.and.timestamps",
            Type.BOOLEAN,
            "false",
            "Whether commands that change something must be sent by POST, and signed requests must expire within 15 minutes");

    public static final SettingDefinition SESSION_KEY_CHECK = new SettingDefinition(
            "api.sessionkey.check.locations",
            Type.SELECT,
            SessionKeyCheck.CookieAndParameter.name(),
            "Where the session key of a request must be: CookieAndParameter (in both), CookieOrParameter (in the parameter, else"
                    + " in the cookie) or ParameterOnly",
            Scope.GLOBAL,
            true,
            List.of(
                    SessionKeyCheck.CookieAndParameter.name(),
                    SessionKeyCheck.CookieOrParameter.name(),
                    SessionKeyCheck.ParameterOnly.name()));

    /** All of the above. */
    public static final List<SettingDefinition> ALL =
            List.of(THROTTLING_ENABLED, THROTTLING_INTERVAL, THROTTLING_MAX, ENFORCE_POST, SESSION_KEY_CHECK);

    private final Settings settings;

    public ApiRules(Settings settings) {
        this.settings = requireNonNull(settings, "settings is null");
    }

    /** As they are where nobody has set anything. */
    static ApiRules byDefault() {
        return new ApiRules(new Defaults());
    }

    /** How many calls an account may make in which time. */
    public record RequestLimit(int calls, Duration interval) {}

    /** Where a session's key is looked for; named as the setting's values are. */
    enum SessionKeyCheck {
        CookieAndParameter,
        CookieOrParameter,
        ParameterOnly
    }

    /** Empty while calls are not limited. */
    public Optional<RequestLimit> requestLimit() {
        if (!Boolean.parseBoolean(settings.value(THROTTLING_ENABLED))) {
            return Optional.empty();
        }
        return Optional.of(new RequestLimit(
                Math.max(1, Integer.parseInt(settings.value(THROTTLING_MAX))),
                Duration.ofSeconds(Math.max(1, Integer.parseInt(settings.value(THROTTLING_INTERVAL))))));
    }

    boolean postAndTimestampsEnforced() {
        return Boolean.parseBoolean(settings.value(ENFORCE_POST));
    }

    SessionKeyCheck sessionKeyCheck() {
        return SessionKeyCheck.valueOf(settings.value(SESSION_KEY_CHECK));
    }

    private static final class Defaults implements Settings {
        @Override
        public String value(SettingDefinition setting) {
            return setting.defaultValue();
        }

        @Override
        public String value(SettingDefinition setting, long zoneId) {
            return setting.defaultValue();
        }

        @Override
        public Map<String, String> valuesIn(long zoneId, Iterable<SettingDefinition> definitions) {
            throw new UnsupportedOperationException("No rule of the API is a zone's");
        }
    }
}
