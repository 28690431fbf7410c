/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import static java.util.Objects.requireNonNull;

import com.cloud.event.EventTypes;
import java.time.Clock;
import java.util.UUID;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.DomainFilter;
import org.cloudstackbackup.framework.identity.Domains.Contents;
import org.cloudstackbackup.framework.identity.ListedDomain;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/** The rules of the tree of domains. Ids that come in are those of domains in the caller's reach. */
final class DomainService {
    private static final int LONGEST_PATH = 255;

    private final IdentityStores stores;
    private final Clock clock;

    DomainService(IdentityStores stores, Clock clock) {
        this.stores = requireNonNull(stores, "stores is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    Page<ListedDomain> page(DomainFilter filter, PageRequest page) {
        return stores.domains().page(filter, page);
    }

    /** The domain itself, or the caller's own for null. */
    Domain required(Caller caller, @Nullable Long id) {
        return id == null
                ? caller.domain()
                : stores.domains()
                        .find(id)
                        .filter(domain -> domain.removed() == null)
                        .orElseThrow(() -> missing("id"));
    }

    /** @param uuid for root admins: the uuid that the domain shall have */
    ListedDomain create(Caller caller, String name, @Nullable Long parentId, @Nullable String uuid) {
        String checked = Names.domain("name", name);
        String chosen = uuid == null ? UUID.randomUUID().toString() : Names.uuid("domainid", uuid);
        return stores.transactions().inTransaction(() -> {
            Domain parent = lock(parentId == null ? caller.domain().id() : parentId, "parentdomainid");
            Authority.mayFill(caller, parent);
            String path = parent.path() + checked + "/";
            refuseTaken(path, checked);
            if (stores.domains().findByUuid(chosen).isPresent()) {
                throw Names.refuse("domainid", "there is a domain with that id already");
            }
            Domain domain = stores.domains()
                    .add(new Domain(
                            0,
                            chosen,
                            checked,
                            parent.id(),
                            path,
                            parent.level() + 1,
                            "Active",
                            clock.instant(),
                            null));
            record(caller, EventTypes.EVENT_DOMAIN_CREATE, "Created domain ", domain);
            return listed(domain.id());
        });
    }

    ListedDomain rename(Caller caller, long id, @Nullable String name) {
        return stores.transactions().inTransaction(() -> {
            Domain found = required(caller, id);
            refuseRoot(found, "renamed");
            Authority.mayChange(caller, found);
            if (name != null) {
                String checked = Names.domain("name", name);
                long parentId = requireNonNull(found.parentId(), "only the root has no parent");
                Domain parent = lock(parentId, "id");
                Domain domain = lock(id, "id");
                if (!checked.equalsIgnoreCase(domain.name())) {
                    refuseTaken(parent.path() + checked + "/", checked);
                }
                Domain renamed = stores.domains().rename(domain, checked);
                record(caller, EventTypes.EVENT_DOMAIN_UPDATE, "Renamed domain " + domain.path() + " to ", renamed);
            }
            return listed(id);
        });
    }

    /** Idempotent, so that a job may repeat it. */
    void delete(Caller caller, long id) {
        stores.transactions().run(() -> {
            Domain domain = stores.domains().find(id).orElseThrow(() -> missing("id"));
            if (domain.removed() != null) {
                return;
            }
            refuseRoot(domain, "deleted");
            Authority.mayChange(caller, domain);
            lock(id, "id");
            Contents contents = stores.domains().contents(id);
            if (!contents.isEmpty()) {
                throw new ProviderException(
                        ErrorKind.CONFLICT,
                        "domain " + domain.name(),
                        "Domain " + domain.displayPath() + " was not deleted: it has " + contents.accounts()
                                + " account(s) and " + contents.domains() + " domain(s) in it; delete these first");
            }
            stores.domains().remove(id, clock.instant());
            record(caller, EventTypes.EVENT_DOMAIN_DELETE, "Deleted domain ", domain);
        });
    }

    private Domain lock(long id, String parameter) {
        return stores.domains().lock(id).orElseThrow(() -> missing(parameter));
    }

    private ListedDomain listed(long id) {
        return stores.domains()
                .page(DomainFilter.ofId(id), PageRequest.ALL)
                .items()
                .get(0);
    }

    private void refuseTaken(String path, String name) {
        if (path.length() > LONGEST_PATH) {
            throw Names.refuse("name", "makes a path of " + path.length() + " characters; allowed are " + LONGEST_PATH);
        }
        if (stores.domains().findByPath(path).isPresent()) {
            throw Names.refuse("name", "there is a domain '" + name + "' in that domain already");
        }
    }

    private static void refuseRoot(Domain domain, String what) {
        if (domain.id() == Domain.ROOT_ID) {
            throw Names.refuse("id", "the root domain cannot be " + what);
        }
    }

    private void record(Caller caller, String type, String what, Domain domain) {
        IdentityEvents.record(
                stores.events(),
                caller,
                new Owner(caller.account().id(), domain.id(), domain.path()),
                type,
                what + domain.displayPath(),
                IdentityEvents.Subject.of(domain));
    }

    static ProviderException missing(String parameter) {
        return new ProviderException(
                ErrorKind.NOT_FOUND,
                "domain",
                "Parameter " + parameter + ": there is no such domain, or it was deleted");
    }
}
