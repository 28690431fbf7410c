/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.setting;

import java.util.List;
import java.util.Locale;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.event.Events;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.inventory.Zone;
import org.cloudstackbackup.framework.inventory.Zones;
import org.cloudstackbackup.framework.setting.StoredSettings;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.SettingDefinition;
import org.jspecify.annotations.Nullable;

/** Shows and changes settings on behalf of a caller. Safe for use by many threads. */
public final class Configurations {
    private static final String EVENT = "CONFIGURATION.VALUE.EDIT";

    private final StoredSettings settings;
    private final Zones zones;
    private final Events events;

    public Configurations(StoredSettings settings, Zones zones, Events events) {
        this.settings = settings;
        this.zones = zones;
        this.events = events;
    }

    /** Settings sorted by name; with a zone only those that a zone can have, with the value in force there. */
    Page<ConfigurationResponse> list(
            @Nullable String name,
            @Nullable String category,
            @Nullable String keyword,
            @Nullable Long zoneId,
            PageRequest page) {
        Zone zone = zoneId == null ? null : zone(zoneId);
        List<ConfigurationResponse> found = settings.registry().all().stream()
                .filter(setting -> name == null || setting.key().equals(name))
                .filter(setting ->
                        category == null || category.equalsIgnoreCase(setting.isSecret() ? "Secure" : "Advanced"))
                .filter(setting -> keyword == null || mentions(setting, keyword.toLowerCase(Locale.ROOT)))
                .filter(setting -> zone == null || setting.scope() == SettingDefinition.Scope.ZONE)
                .map(setting -> response(setting, zone))
                .toList();
        return new Page<>(found.stream().skip(page.offset()).limit(page.limit()).toList(), found.size());
    }

    ConfigurationResponse update(Caller caller, String name, @Nullable String value, @Nullable Long zoneId) {
        if (value == null) {
            throw new ProviderException(
                    ErrorKind.USER, name, "Parameter value is missing; resetConfiguration goes back to the default.");
        }
        Zone zone = zoneId == null ? null : zone(zoneId);
        SettingDefinition setting = settings.set(name, value, zoneId);
        record(caller, setting, zone, "set to '" + ConfigurationResponse.masked(setting, value) + "'");
        return response(setting, zone);
    }

    ConfigurationResponse reset(Caller caller, String name, @Nullable Long zoneId) {
        Zone zone = zoneId == null ? null : zone(zoneId);
        SettingDefinition setting = settings.reset(name, zoneId);
        record(caller, setting, zone, "reset");
        return response(setting, zone);
    }

    private ConfigurationResponse response(SettingDefinition setting, @Nullable Zone zone) {
        String shown = setting.isSecret() ? shownSecret(setting, zone) : shownValue(setting, zone);
        return new ConfigurationResponse(setting, shown, zone == null ? null : zone.uuid());
    }

    private String shownValue(SettingDefinition setting, @Nullable Zone zone) {
        return zone == null ? settings.value(setting) : settings.value(setting, zone.id());
    }

    /** Opens nothing, so that a secret that cannot be decrypted is listed like the others. */
    private String shownSecret(SettingDefinition setting, @Nullable Zone zone) {
        return settings.isFilled(setting, zone == null ? null : zone.id()) ? ConfigurationResponse.MASK : "";
    }

    private void record(Caller caller, SettingDefinition setting, @Nullable Zone zone, String what) {
        String where = zone == null ? "" : " in zone " + zone.name();
        events.record(new Events.NewEvent(
                EVENT,
                Events.State.Completed,
                Events.Level.INFO,
                "Setting " + setting.key() + where + " was " + what,
                caller.user().id(),
                new Owner(
                        caller.account().id(),
                        caller.domain().id(),
                        caller.domain().path()),
                null,
                null,
                null,
                setting.key(),
                null));
    }

    private Zone zone(long id) {
        return zones.find(id)
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.NOT_FOUND, "zone", "The zone that parameter zoneid names was removed."));
    }

    private static boolean mentions(SettingDefinition setting, String keyword) {
        return setting.key().toLowerCase(Locale.ROOT).contains(keyword)
                || setting.description().toLowerCase(Locale.ROOT).contains(keyword);
    }
}
