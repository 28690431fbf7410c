/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.apache.cloudstack.api.BaseResponse;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.cloudstackbackup.framework.inventory.CatalogFilter;
import org.cloudstackbackup.framework.inventory.Templates;
import org.cloudstackbackup.framework.inventory.VmFilter;
import org.cloudstackbackup.framework.inventory.Zone;
import org.jspecify.annotations.Nullable;

/** Lists the catalog as it is shown to a caller. Safe for use by many threads. */
final class CatalogListing {
    private static final List<String> TEMPLATE_FILTERS =
            List.of("featured", "self", "selfexecutable", "sharedexecutable", "executable", "community", "all");

    private final CatalogStores stores;

    CatalogListing(CatalogStores stores) {
        this.stores = requireNonNull(stores, "stores is null");
    }

    /**
     * Users see enabled zones only.
     *
     * @param available false lists only zones in which the caller's account has VMs
     */
    ListResponse<ZoneResponse> zones(
            Caller caller, CatalogFilter filter, @Nullable Boolean available, PageRequest page) {
        boolean onlyEnabled = !caller.isRootAdmin();
        if (Boolean.FALSE.equals(available)) {
            List<Zone> used = stores.zones().page(filter, onlyEnabled, PageRequest.ALL).items().stream()
                    .filter(zone -> hasVms(caller, zone))
                    .toList();
            return answer(part(used, page), ZoneResponse::new);
        }
        return answer(stores.zones().page(filter, onlyEnabled, page), ZoneResponse::new);
    }

    ListResponse<ServiceOfferingResponse> serviceOfferings(CatalogFilter filter, PageRequest page) {
        return answer(stores.serviceOfferings().page(filter, page), ServiceOfferingResponse::new);
    }

    ListResponse<DiskOfferingResponse> diskOfferings(CatalogFilter filter, PageRequest page) {
        return answer(stores.diskOfferings().page(filter, page), DiskOfferingResponse::new);
    }

    ListResponse<GuestOsResponse> guestOses(CatalogFilter filter, @Nullable Long categoryId, PageRequest page) {
        return answer(stores.guestOses().page(filter, categoryId, page), GuestOsResponse::new);
    }

    ListResponse<GuestOsCategoryResponse> categories(CatalogFilter filter, PageRequest page) {
        return answer(stores.guestOses().categories(filter, page), GuestOsCategoryResponse::new);
    }

    ListResponse<NetworkResponse> networks(CatalogFilter filter, @Nullable Long zoneId, PageRequest page) {
        return answer(stores.networks().page(filter, zoneId, page), NetworkResponse::new);
    }

    /** Names of what runs the VMs of one zone, or of all, without repeats. */
    ListResponse<HypervisorResponse> hypervisors(@Nullable Long zoneId) {
        List<HypervisorResponse> names = stores.zones().all().stream()
                .filter(zone -> zoneId == null || zone.id() == zoneId)
                .map(zone -> title(zone.inventory()))
                .distinct()
                .sorted()
                .map(HypervisorResponse::new)
                .toList();
        return answer(new Page<>(names, names.size()), name -> name);
    }

    /** What to list; the kind is one of CloudStack's template filters. */
    record TemplateQuery(
            String kind,
            CatalogFilter catalog,
            List<Long> ids,
            @Nullable Long zoneId,
            @Nullable String hypervisor) {}

    ListResponse<TemplateResponse> templates(Caller caller, TemplateQuery query, PageRequest page) {
        long account = caller.account().id();
        Long reach = caller.isRootAdmin() ? null : account;
        Templates.Filter filter = switch (CatalogValues.word("templatefilter", query.kind(), TEMPLATE_FILTERS)) {
            case "featured" -> filter(query, true, true, null, null);
            case "community" -> filter(query, false, true, null, null);
            case "self", "selfexecutable" -> filter(query, null, null, account, null);
            case "all" -> filter(requireAdmin(caller, query), null, null, null, null);
            // Nothing can be shared with single accounts, so this lists nothing: no account has this id.
            case "sharedexecutable" -> filter(query, null, null, Owner.NO_ACCOUNT, null);
            default -> filter(query, null, null, null, reach);
        };
        return answer(stores.templates().page(filter, page), TemplateResponse::new);
    }

    private static TemplateQuery requireAdmin(Caller caller, TemplateQuery query) {
        if (!caller.isRootAdmin()) {
            throw CatalogValues.refused("templatefilter", "Parameter templatefilter: only root admins may use all");
        }
        return query;
    }

    private static Templates.Filter filter(
            TemplateQuery query,
            @Nullable Boolean featured,
            @Nullable Boolean isPublic,
            @Nullable Long ownedBy,
            @Nullable Long visibleTo) {
        return new Templates.Filter(
                query.catalog(),
                query.ids(),
                query.zoneId(),
                query.hypervisor(),
                featured,
                isPublic,
                ownedBy,
                visibleTo);
    }

    private boolean hasVms(Caller caller, Zone zone) {
        OwnerScope own = new OwnerScope.OneAccount(caller.account().id());
        VmFilter filter = new VmFilter(own, List.of(), null, null, Set.of(), zone.id(), null, null, null, null);
        return stores.vms().page(filter, new PageRequest(0, 1)).total() > 0;
    }

    private static <T> Page<T> part(List<T> all, PageRequest page) {
        return new Page<>(all.stream().skip(page.offset()).limit(page.limit()).toList(), all.size());
    }

    private static String title(String inventory) {
        return inventory.substring(0, 1).toUpperCase(Locale.ROOT) + inventory.substring(1);
    }

    private static <T, R extends BaseResponse> ListResponse<R> answer(Page<T> page, Function<T, R> view) {
        ListResponse<R> response = new ListResponse<>();
        response.setResponses(page.items().stream().map(view).toList(), Math.toIntExact(page.total()));
        return response;
    }
}
