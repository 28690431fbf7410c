/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.limit;

import static java.util.Objects.requireNonNull;

import com.cloud.exception.PermissionDeniedException;
import java.util.List;
import java.util.Optional;
import org.cloudstackbackup.framework.event.Journal;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.Accounts;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.Domains;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.identity.Project;
import org.cloudstackbackup.framework.identity.Projects;
import org.cloudstackbackup.framework.identity.RoleType;
import org.cloudstackbackup.framework.limit.Footprint;
import org.cloudstackbackup.framework.limit.Holder;
import org.cloudstackbackup.framework.limit.ResourceFigure;
import org.cloudstackbackup.framework.limit.ResourceLimits;
import org.cloudstackbackup.framework.limit.ResourceStore;
import org.cloudstackbackup.framework.limit.ResourceType;
import org.cloudstackbackup.framework.transaction.Transactions;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/** Shows, sets and recounts on behalf of callers. Safe for use by many threads; failures are {@link ProviderException}s. */
final class LimitAdministration {
    private static final String UPDATE = "RESOURCE.LIMIT.UPDATE";

    private final Directory directory;
    private final ResourceStore store;
    private final ResourceLimits limits;
    private final Transactions transactions;
    private final Journal journal;

    LimitAdministration(
            Directory directory,
            ResourceStore store,
            ResourceLimits limits,
            Transactions transactions,
            Journal journal) {
        this.directory = requireNonNull(directory, "directory is null");
        this.store = requireNonNull(store, "store is null");
        this.limits = requireNonNull(limits, "limits is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.journal = requireNonNull(journal, "journal is null");
    }

    /** The type that {@code resourcetype} names. */
    static ResourceType type(int number) {
        return ResourceType.ofNumber(number)
                .orElseThrow(() -> refused(
                        "resourcetype",
                        "Parameter resourcetype: " + number
                                + " is not limited here; allowed are 12 for backups and 13 for" + " backup storage"));
    }

    /** Whom the parameters name; the caller's own account when they name nobody. Users are never shown their domain. */
    LimitParty party(Caller caller, Named named) {
        Long projectId = named.projectId();
        String account = named.account();
        Long domainId = named.domainId();
        if (projectId != null) {
            if (account != null) {
                throw refused("projectid", "Parameters account and projectid cannot be given together");
            }
            return ofProject(caller, projectId);
        }
        if (account != null) {
            return ofAccount(caller, account, domainId == null ? caller.domain().id() : domainId);
        }
        if (domainId != null && caller.role().type() != RoleType.USER) {
            return ofDomain(caller, domainId);
        }
        if (domainId != null && domainId != caller.domain().id()) {
            throw unknownDomain();
        }
        return new LimitParty(account(caller.account().id()), caller.domain(), null);
    }

    /** The party's limit and use of the type. */
    ResourceFigure figure(LimitParty party, ResourceType type) {
        return limits.figure(party.holder(), type);
    }

    /**
     * Sets a limit, in the API's unit; -1 for none.
     *
     * @throws ProviderException {@code USER} when it is below -1, beyond the limit of the domain above, or for one that has no
     *     limits
     * @throws PermissionDeniedException when the caller may not set it
     */
    ResourceFigure update(Caller caller, Named named, ResourceType type, long max) {
        LimitParty party = party(caller, named);
        requireAuthority(caller, party);
        if (max < ResourceType.UNLIMITED || max > Long.MAX_VALUE / type.apiUnit()) {
            throw refused(
                    "max", "Parameter max must be -1, for no limit, or from 0 to " + Long.MAX_VALUE / type.apiUnit());
        }
        if (party.holder().kind() == Holder.Kind.ROOT_ADMIN) {
            throw refused(
                    "account", "Account " + party.holder().name() + " is one of a root admin, which has no limits");
        }
        requireWithinParent(caller, party, type, max);
        long limit = ResourceLimits.ofApi(max, type);
        transactions.run(() -> {
            if (party.isDomain()) {
                store.limitDomain(party.holder().id(), type, limit);
            } else {
                store.limitAccount(party.holder().id(), type, limit);
            }
            journal.completed(
                    UPDATE,
                    "Set the limit of " + type.wireName() + " of " + described(party) + " to "
                            + (max < 0 ? "unlimited" : Long.toString(max)),
                    caller.user().id(),
                    subject(caller, party));
        });
        return new ResourceFigure(type, limit, party.holder().used().of(type));
    }

    /** Counts the party's backups anew. */
    Footprint recount(LimitParty party) {
        return party.isDomain()
                ? store.recountDomain(party.holder().id())
                : store.recountAccount(party.holder().id());
    }

    private LimitParty ofProject(Caller caller, long projectId) {
        Project project = directory
                .projects()
                .find(projectId)
                .filter(found -> found.removed() == null)
                .filter(found -> directory
                        .projects()
                        .owner(found.id())
                        .filter(caller::mayReach)
                        .isPresent())
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.NOT_FOUND,
                        "project",
                        "Parameter projectid: there is no such project that the caller may reach"));
        return new LimitParty(account(project.accountId()), domain(project.domainId()), project);
    }

    private LimitParty ofAccount(Caller caller, String name, long domainId) {
        Optional<Account> found = directory.accounts().findByName(name, domainId);
        Optional<Owner> owner = found.flatMap(account -> directory.accounts().owner(account.id()))
                .filter(caller::mayReach);
        if (owner.isEmpty() || owner.get().accountId() == Account.SYSTEM_ID) {
            throw new ProviderException(
                    ErrorKind.NOT_FOUND,
                    "account",
                    "Parameter account: there is no account " + name + " in that domain that the caller may reach");
        }
        return new LimitParty(account(owner.get().accountId()), domain(domainId), null);
    }

    private LimitParty ofDomain(Caller caller, long domainId) {
        Domain domain = directory
                .domains()
                .find(domainId)
                .filter(found -> found.removed() == null)
                .filter(found -> caller.mayReach(Owner.ofDomain(found)))
                .orElseThrow(LimitAdministration::unknownDomain);
        return new LimitParty(
                requireNonNull(store.domains(List.of(domainId)).get(domainId), "the domain vanished"), domain, null);
    }

    private Holder account(long id) {
        return requireNonNull(store.accounts(List.of(id)).get(id), "the account vanished");
    }

    private Domain domain(long id) {
        return directory
                .domains()
                .find(id)
                .orElseThrow(() -> new IllegalStateException("Domain " + id + " is not in the database"));
    }

    /** Root admins set all, domain admins what is below them; nobody else anything. */
    private static void requireAuthority(Caller caller, LimitParty party) {
        if (caller.isRootAdmin()) {
            return;
        }
        boolean own = party.isDomain()
                ? party.domain().id() == caller.domain().id()
                : party.holder().id() == caller.account().id();
        if (caller.role().type() == RoleType.USER || own) {
            throw new PermissionDeniedException(
                    "The caller may not set the limits of " + described(party) + "; an admin of a domain above may");
        }
    }

    /** As in CloudStack, no domain has a higher limit than the one above; domain admins keep to that for accounts too. */
    private void requireWithinParent(Caller caller, LimitParty party, ResourceType type, long max) {
        Long parent = party.isDomain()
                ? party.domain().parentId()
                : Long.valueOf(party.domain().id());
        if (parent == null || (caller.isRootAdmin() && (!party.isDomain() || max < 0))) {
            return;
        }
        Holder above = requireNonNull(store.domains(List.of(parent)).get(parent), "the domain above vanished");
        long most = limits.figure(above, type).apiLimit();
        if (most >= 0 && (max < 0 || max > most)) {
            throw refused(
                    "max",
                    "Parameter max: domain " + above.name() + " above " + described(party) + " has a limit of " + most
                            + " for " + type.wireName() + "; allowed is from 0 to " + most);
        }
    }

    private static String described(LimitParty party) {
        Project project = party.project();
        if (project != null) {
            return "project " + project.name();
        }
        return (party.isDomain() ? "domain " : "account ") + party.holder().name();
    }

    private static Journal.Subject subject(Caller caller, LimitParty party) {
        Owner owner = new Owner(
                party.isDomain() ? caller.account().id() : party.holder().id(),
                party.domain().id(),
                party.domain().path());
        return new Journal.Subject(
                party.isDomain() ? "Domain" : "Account",
                party.holder().id(),
                party.isDomain() ? party.domain().uuid() : "",
                party.holder().name(),
                owner);
    }

    private static ProviderException unknownDomain() {
        return new ProviderException(
                ErrorKind.NOT_FOUND, "domain", "Parameter domainid: there is no such domain that the caller may reach");
    }

    private static ProviderException refused(String parameter, String message) {
        return new ProviderException(ErrorKind.USER, parameter, message);
    }

    /** Who is who. */
    record Directory(Accounts accounts, Domains domains, Projects projects) {
        Directory {
            requireNonNull(accounts, "accounts is null");
            requireNonNull(domains, "domains is null");
            requireNonNull(projects, "projects is null");
        }
    }

    /** As parameters name somebody: an account in a domain, a project, or a domain. */
    record Named(
            @Nullable String account,
            @Nullable Long domainId,
            @Nullable Long projectId) {}
}
