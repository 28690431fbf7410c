/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.limit;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.setting.FrameworkSettings;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.SettingDefinition;

/** Which limits apply to whom, and whether one more backup fits. Safe for use by many threads. */
public final class ResourceLimits implements Quota {
    private final ResourceStore store;
    private final Settings settings;

    public ResourceLimits(ResourceStore store, Settings settings) {
        this.store = requireNonNull(store, "store is null");
        this.settings = requireNonNull(settings, "settings is null");
    }

    @Override
    public void reserve(Owner owner, int backups, long bytes) {
        Footprint wanted = new Footprint(backups, bytes);
        List<Holder> chain = store.lock(owner);
        if (chain.stream().anyMatch(holder -> holder.kind() == Holder.Kind.ROOT_ADMIN)) {
            return;
        }
        for (Holder holder : chain) {
            for (ResourceType type : ResourceType.values()) {
                long limit = limit(holder, type);
                if (limit != ResourceType.UNLIMITED && holder.used().of(type) + wanted.of(type) > limit) {
                    throw exceeded(holder, type, limit, wanted.of(type));
                }
            }
        }
    }

    @Override
    public long mostBackups(Owner owner) {
        List<Holder> holders =
                new ArrayList<>(store.accounts(List.of(owner.accountId())).values());
        if (holders.stream().anyMatch(holder -> holder.kind() == Holder.Kind.ROOT_ADMIN)) {
            return Long.MAX_VALUE;
        }
        holders.addAll(store.domains(store.chain(owner.domainId())).values());
        return holders.stream()
                .mapToLong(holder -> limit(holder, ResourceType.BACKUP))
                .filter(limit -> limit != ResourceType.UNLIMITED)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** In the unit of the type: what was set for the holder, else the default of its kind. */
    public long limit(Holder holder, ResourceType type) {
        if (holder.kind() == Holder.Kind.ROOT_ADMIN) {
            return ResourceType.UNLIMITED;
        }
        Long own = holder.ownLimits().get(type);
        if (own != null) {
            return own;
        }
        return switch (holder.kind()) {
            case ACCOUNT -> setting(accountDefault(type), type);
            case PROJECT -> setting(projectDefault(type), type);
            case DOMAIN -> setting(domainDefault(type), type);
            case ROOT_ADMIN, ROOT_DOMAIN -> ResourceType.UNLIMITED;
        };
    }

    /** The holder's limit and use of the type. */
    public ResourceFigure figure(Holder holder, ResourceType type) {
        return new ResourceFigure(type, limit(holder, type), holder.used().of(type));
    }

    /** By account; the number of statements does not grow with them. */
    public Map<Long, Map<ResourceType, ResourceFigure>> ofAccounts(Collection<Long> ids) {
        return figures(store.accounts(ids));
    }

    /** By domain; the number of statements does not grow with them. */
    public Map<Long, Map<ResourceType, ResourceFigure>> ofDomains(Collection<Long> ids) {
        return figures(store.domains(ids));
    }

    private Map<Long, Map<ResourceType, ResourceFigure>> figures(Map<Long, Holder> holders) {
        Map<Long, Map<ResourceType, ResourceFigure>> figures = new HashMap<>();
        holders.forEach((id, holder) -> {
            Map<ResourceType, ResourceFigure> own = new EnumMap<>(ResourceType.class);
            for (ResourceType type : ResourceType.values()) {
                own.put(type, figure(holder, type));
            }
            figures.put(id, own);
        });
        return figures;
    }

    private static SettingDefinition accountDefault(ResourceType type) {
        return switch (type) {
            case BACKUP -> FrameworkSettings.MAX_ACCOUNT_BACKUPS;
            case BACKUP_STORAGE -> FrameworkSettings.MAX_ACCOUNT_BACKUP_STORAGE;
        };
    }

    private static SettingDefinition projectDefault(ResourceType type) {
        return switch (type) {
            case BACKUP -> FrameworkSettings.MAX_PROJECT_BACKUPS;
            case BACKUP_STORAGE -> FrameworkSettings.MAX_PROJECT_BACKUP_STORAGE;
        };
    }

    private static SettingDefinition domainDefault(ResourceType type) {
        return switch (type) {
            case BACKUP -> FrameworkSettings.MAX_DOMAIN_BACKUPS;
            case BACKUP_STORAGE -> FrameworkSettings.MAX_DOMAIN_BACKUP_STORAGE;
        };
    }

    private long setting(SettingDefinition definition, ResourceType type) {
        return ofApi(Long.parseLong(settings.value(definition)), type);
    }

    /** A limit as the API and settings write it, in the unit of the type; anything below 0 is no limit. */
    public static long ofApi(long limit, ResourceType type) {
        return limit < 0 ? ResourceType.UNLIMITED : Math.min(limit, Long.MAX_VALUE / type.apiUnit()) * type.apiUnit();
    }

    private static ProviderException exceeded(Holder holder, ResourceType type, long limit, long wanted) {
        return switch (holder.kind()) {
            case ACCOUNT, ROOT_ADMIN -> exceededByAccount("Account", holder, type, limit, wanted);
            case PROJECT -> exceededByAccount("Project", holder, type, limit, wanted);
            case DOMAIN, ROOT_DOMAIN ->
                // What others in the domain use is not the caller's to know.
                new ProviderException(
                        ErrorKind.LIMIT,
                        "domain " + holder.name(),
                        "Maximum domain resource limits of Type = '" + type.wireName() + "' for Domain Id = '"
                                + holder.domainUuid() + "' (" + holder.name()
                                + ") is exceeded: Domain Resource Limit = " + amount(limit, type)
                                + ", Requested Resource Amount = " + amount(wanted, type) + ".");
        };
    }

    private static ProviderException exceededByAccount(
            String what, Holder holder, ResourceType type, long limit, long wanted) {
        return new ProviderException(
                ErrorKind.LIMIT,
                what.toLowerCase(Locale.ROOT) + " " + holder.name(),
                "Maximum amount of resources of Type = '" + type.wireName() + "' for " + what + " Name = '"
                        + holder.name()
                        + "' in Domain Id = '" + holder.domainUuid() + "' is exceeded: " + what + " Resource Limit = "
                        + amount(limit, type) + ", Current " + what + " Resource Amount = "
                        + amount(holder.used().of(type), type) + ", Requested Resource Amount = "
                        + amount(wanted, type) + ".");
    }

    private static String amount(long amount, ResourceType type) {
        return switch (type) {
            case BACKUP -> Long.toString(amount);
            case BACKUP_STORAGE -> amount + " bytes (" + inApiUnits(amount, type) + " GiB)";
        };
    }

    private static String inApiUnits(long amount, ResourceType type) {
        return BigDecimal.valueOf(amount)
                .divide(BigDecimal.valueOf(type.apiUnit()), 2, RoundingMode.HALF_UP)
                .toPlainString();
    }
}
