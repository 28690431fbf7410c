/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import static java.util.Objects.requireNonNull;

import com.cloud.event.EventTypes;
import com.cloud.exception.PermissionDeniedException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.Accounts.Holdings;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.ListedProject;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.identity.Project;
import org.cloudstackbackup.framework.identity.ProjectFilter;
import org.cloudstackbackup.framework.identity.ProjectMember;
import org.cloudstackbackup.framework.identity.ProjectRole;
import org.cloudstackbackup.framework.identity.ProjectState;
import org.cloudstackbackup.framework.identity.RoleType;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/**
 * Projects as callers use them. Members use what a project owns; its admins, and the admins of the domain that it is in, also
 * change the project and who belongs to it. Safe for use by many threads.
 */
final class ProjectService {
    /** Leaves room for what CloudStack puts around it in the name of the project's account, which has 100 characters. */
    private static final int LONGEST_NAME = 70;
    /** The default role of users; nobody logs in to the account. */
    private static final long ROLE = 4;

    private final IdentityStores stores;
    private final Settings settings;
    private final Belongings belongings;
    private final Clock clock;

    ProjectService(IdentityStores stores, Settings settings, Belongings belongings, Clock clock) {
        this.stores = requireNonNull(stores, "stores is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.belongings = requireNonNull(belongings, "belongings is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    Page<ListedProject> page(ProjectFilter filter, PageRequest page) {
        return stores.projects().page(filter, page);
    }

    ListedProject describe(long id) {
        return stores.projects().page(ProjectFilter.ofId(id), new PageRequest(0, 1)).items().stream()
                .findFirst()
                .orElseThrow(ProjectService::missing);
    }

    /** The account of that name in the domain, or the caller's own, as far as the caller may act for it. */
    Account member(Caller caller, @Nullable String name, @Nullable Long domainId) {
        if (name == null || name.isEmpty()) {
            return caller.account();
        }
        return stores.accounts()
                .findByName(name, domainId == null ? caller.domain().id() : domainId)
                .filter(account -> !account.isProject())
                .filter(account -> stores.accounts()
                        .owner(account.id())
                        .filter(caller::mayReach)
                        .isPresent())
                .orElseThrow(() -> AccountService.missing("account"));
    }

    /** Adds a project in which nothing can be done yet; {@link #activate} ends that. */
    Project add(Caller caller, String name, @Nullable String text, Account first) {
        if (caller.role().type() == RoleType.USER && !usersMayMakeProjects()) {
            throw new PermissionDeniedException(
                    "Users may not make projects here: setting " + ProjectSettings.ALLOW_USERS.key() + " is false");
        }
        String checked = name(name);
        String description = text(text);
        return stores.transactions().inTransaction(() -> {
            Domain domain =
                    stores.domains().lock(first.domainId()).orElseThrow(() -> DomainService.missing("domainid"));
            refuseTaken(checked, domain);
            Account owner = stores.accounts()
                    .add(new Account(
                            0,
                            UUID.randomUUID().toString(),
                            "PrjAcct-" + checked + "-" + domain.id(),
                            Account.PROJECT_TYPE,
                            ROLE,
                            domain.id(),
                            "enabled",
                            clock.instant(),
                            null));
            Project project = stores.projects()
                    .add(new Project(
                            0,
                            UUID.randomUUID().toString(),
                            checked,
                            description,
                            owner.id(),
                            domain.id(),
                            ProjectState.DISABLED,
                            clock.instant(),
                            null));
            stores.projects().join(project, first.id(), ProjectRole.ADMIN, clock.instant());
            record(caller, EventTypes.EVENT_PROJECT_CREATE, "Created project ", project);
            return project;
        });
    }

    private boolean usersMayMakeProjects() {
        return Boolean.parseBoolean(settings.value(ProjectSettings.ALLOW_USERS));
    }

    private void refuseTaken(String name, Domain domain) {
        if (stores.projects().findByName(name, domain.id()).isPresent()) {
            throw Names.refuse("name", "there is a project '" + name + "' in that domain already");
        }
    }

    private static String name(String given) {
        String name = Names.text("name", given);
        if (name.length() > LONGEST_NAME) {
            throw Names.refuse("name", "has " + name.length() + " characters; allowed are " + LONGEST_NAME);
        }
        return name;
    }

    private static @Nullable String text(@Nullable String given) {
        return Names.optional("displaytext", given);
    }

    /** Things can be made in it again. May be repeated. */
    ListedProject activate(Caller caller, long id) {
        return setState(caller, id, ProjectState.ACTIVE, EventTypes.EVENT_PROJECT_ACTIVATE, "Activated project ");
    }

    /** Stops the project's VMs; nothing new is made in it. May be repeated. */
    ListedProject suspend(Caller caller, long id) {
        ListedProject suspended =
                setState(caller, id, ProjectState.SUSPENDED, EventTypes.EVENT_PROJECT_SUSPEND, "Suspended project ");
        belongings.stop(caller, suspended.project().accountId());
        return suspended;
    }

    private ListedProject setState(Caller caller, long id, ProjectState state, String eventType, String what) {
        return stores.transactions().inTransaction(() -> {
            Project project = changeable(caller, id);
            if (project.state() != state) {
                stores.projects().update(project.in(state));
                record(caller, eventType, what, project);
            }
            return describe(id);
        });
    }

    /** Changes what is not null. */
    ListedProject rename(Caller caller, long id, @Nullable String name, @Nullable String text) {
        return stores.transactions().inTransaction(() -> {
            Project project = changeable(caller, id);
            Domain domain =
                    stores.domains().lock(project.domainId()).orElseThrow(() -> DomainService.missing("domainid"));
            String newName = name == null ? project.name() : name(name);
            if (!newName.equalsIgnoreCase(project.name())) {
                refuseTaken(newName, domain);
            }
            stores.projects().update(project.named(newName, text == null ? project.displayText() : text(text)));
            record(caller, EventTypes.EVENT_PROJECT_UPDATE, "Updated project ", project);
            return describe(id);
        });
    }

    /**
     * Gives a member a role.
     *
     * @param swap whether the other admins become regular members, as there was one owner of a project once
     */
    void setRole(Caller caller, long id, String account, ProjectRole role, boolean swap) {
        stores.transactions().run(() -> {
            Project project = changeable(caller, id);
            Account member = memberNamed(project, account);
            if (role == ProjectRole.REGULAR) {
                refuseLastAdmin(project, member, "made a regular member");
            }
            stores.projects().join(project, member.id(), role, clock.instant());
            if (swap && role == ProjectRole.ADMIN) {
                for (ProjectMember admin : admins(project)) {
                    if (admin.account().id() != member.id()) {
                        stores.projects().join(project, admin.account().id(), ProjectRole.REGULAR, clock.instant());
                    }
                }
            }
            record(
                    caller,
                    EventTypes.EVENT_PROJECT_UPDATE,
                    "Made account " + member.name() + " " + role.wireName() + " of project ",
                    project);
        });
    }

    /** Makes an account of the project's domain a member. May be repeated. */
    void addMember(Caller caller, long id, String name, ProjectRole role) {
        stores.transactions().run(() -> {
            Project project = changeable(caller, id);
            Account account = stores.accounts()
                    .findByName(name, project.domainId())
                    .filter(found -> !found.isProject())
                    .orElseThrow(() -> Names.refuse(
                            "account", "there is no account '" + name + "' in the domain that the project is in"));
            if (stores.projects().roleOf(id, account.id()).filter(role::equals).isEmpty()) {
                if (role == ProjectRole.REGULAR) {
                    refuseLastAdmin(project, account, "made a regular member");
                }
                stores.projects().join(project, account.id(), role, clock.instant());
                record(
                        caller,
                        EventTypes.EVENT_PROJECT_ACCOUNT_ADD,
                        "Added account " + account.name() + " to project ",
                        project);
            }
        });
    }

    /** Ends a membership; members may also leave by themselves. */
    void removeMember(Caller caller, long id, String name) {
        stores.transactions().run(() -> {
            Project project = locked(id);
            boolean leaves = caller.account().name().equalsIgnoreCase(name)
                    && caller.account().domainId() == project.domainId();
            if (!leaves) {
                requireAdmin(caller, project);
            }
            Account member = memberNamed(project, name);
            refuseLastAdmin(project, member, "removed from it");
            stores.projects().leave(id, member.id());
            record(
                    caller,
                    EventTypes.EVENT_PROJECT_ACCOUNT_REMOVE,
                    "Removed account " + member.name() + " from project ",
                    project);
        });
    }

    Page<ProjectMember> members(long id, @Nullable ProjectRole role, @Nullable String keyword, PageRequest page) {
        return stores.projects().members(id, role, keyword, page);
    }

    /**
     * Deletes a project. May be repeated.
     *
     * @param cleanup whether its VMs and volumes go with it; without that, one that owns something is kept
     */
    void delete(Caller caller, long id, boolean cleanup) {
        Project found = stores.projects().find(id).orElseThrow(ProjectService::missing);
        if (found.removed() != null) {
            return;
        }
        requireAdmin(caller, found);
        if (cleanup) {
            belongings.remove(caller, found.accountId());
        }
        stores.transactions().run(() -> {
            Project project = changeable(caller, id);
            Holdings holdings = stores.accounts().holdings(project.accountId());
            if (!holdings.isEmpty()) {
                throw new ProviderException(
                        ErrorKind.CONFLICT,
                        "project " + project.name(),
                        "Project " + project.name() + " was not deleted: it owns " + holdings.vms() + " VM(s), "
                                + holdings.volumes() + " volume(s) and " + holdings.backups()
                                + " backup(s); delete these first, or give cleanup=true for VMs and volumes");
            }
            stores.projects().remove(id, clock.instant());
            stores.accounts().remove(project.accountId(), clock.instant());
            record(caller, EventTypes.EVENT_PROJECT_DELETE, "Deleted project ", project);
        });
    }

    private Project changeable(Caller caller, long id) {
        Project project = locked(id);
        requireAdmin(caller, project);
        return project;
    }

    private Project locked(long id) {
        return stores.projects()
                .lock(id)
                .filter(project -> project.removed() == null)
                .orElseThrow(ProjectService::missing);
    }

    /** Reaching the project is the first condition; members without the role are told that they lack it. */
    private void requireAdmin(Caller caller, Project project) {
        Optional<Owner> owner = stores.projects().owner(project.id()).filter(caller::mayReach);
        if (owner.isEmpty()) {
            throw missing();
        }
        boolean manages = caller.role().type() != RoleType.USER
                && (caller.isRootAdmin()
                        || owner.get().domainPath().startsWith(caller.domain().path()));
        boolean leads = stores.projects()
                .roleOf(project.id(), caller.account().id())
                .filter(role -> role == ProjectRole.ADMIN)
                .isPresent();
        if (!manages && !leads) {
            throw new PermissionDeniedException(
                    "Only admins of project " + project.name() + " may do that, and those of its domain");
        }
    }

    private Account memberNamed(Project project, String name) {
        return stores.accounts()
                .findByName(name, project.domainId())
                .filter(account ->
                        stores.projects().roleOf(project.id(), account.id()).isPresent())
                .orElseThrow(() ->
                        Names.refuse("account", "there is no member '" + name + "' in project " + project.name()));
    }

    private void refuseLastAdmin(Project project, Account member, String what) {
        boolean admin = stores.projects()
                .roleOf(project.id(), member.id())
                .filter(role -> role == ProjectRole.ADMIN)
                .isPresent();
        if (admin && admins(project).size() == 1) {
            throw Names.refuse(
                    "account",
                    member.name() + " is the only admin of project " + project.name() + " and cannot be " + what);
        }
    }

    private java.util.List<ProjectMember> admins(Project project) {
        return stores.projects()
                .members(project.id(), ProjectRole.ADMIN, null, PageRequest.ALL)
                .items();
    }

    private void record(Caller caller, String type, String what, Project project) {
        Owner owner = stores.projects().owner(project.id()).orElseThrow(ProjectService::missing);
        IdentityEvents.record(
                stores.events(), caller, owner, type, what + project.name(), IdentityEvents.Subject.of(project));
    }

    private static ProviderException missing() {
        return new ProviderException(
                ErrorKind.NOT_FOUND, "project", "Parameter id: there is no such project, or it was deleted");
    }
}
