/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.jspecify.annotations.Nullable;

/** Projects and who belongs to them. Joins an open transaction. Safe for use by many threads. */
public interface Projects {
    /** The project of that id, also when it is removed. */
    Optional<Project> find(long id);

    /** The project of that uuid, also when it is removed. */
    Optional<Project> findByUuid(String uuid);

    /** The project of that name in the domain; capital and small letters are the same. Never a removed one. */
    Optional<Project> findByName(String name, long domainId);

    /** As {@link #find}, and holds other lockers back until the transaction ends. */
    Optional<Project> lock(long id);

    /** Whose the things of the project are, also when it is removed. */
    Optional<Owner> owner(long id);

    /** The accounts that own the things of the live projects which the account is a member of. */
    Set<Long> accountsOf(long memberId);

    /** Those that the filter lets through, by id, without removed ones. */
    Page<ListedProject> page(ProjectFilter filter, PageRequest page);

    /** Keeps a project and returns it with its id. */
    Project add(Project project);

    /** Writes name, description and state. */
    void update(Project project);

    /** Marks the project as removed and lets its members go; false when it was removed before. */
    boolean remove(long id, Instant when);

    /** The account's role in the project; empty when it is no member. */
    Optional<ProjectRole> roleOf(long id, long memberId);

    /**
     * Members in the order in which they came.
     *
     * @param role only members of this role
     * @param keyword a part of the account's name
     */
    Page<ProjectMember> members(long id, @Nullable ProjectRole role, @Nullable String keyword, PageRequest page);

    /** The live projects in which the account is the only admin. */
    List<Project> ledAlone(long memberId);

    /** Makes the account a member, or gives a member that role. */
    void join(Project project, long memberId, ProjectRole role, Instant when);

    /** Ends a membership; false when there was none. */
    boolean leave(long id, long memberId);

    /** Ends all memberships of an account. */
    void leaveAll(long memberId);
}
