/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import org.cloudstackbackup.framework.event.Events;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.identity.Project;
import org.cloudstackbackup.framework.identity.User;

/** Writes down what became of identities. */
final class IdentityEvents {
    private IdentityEvents() {}

    static void record(Events events, Caller caller, Owner owner, String type, String description, Subject subject) {
        events.record(new Events.NewEvent(
                type,
                Events.State.Completed,
                Events.Level.INFO,
                description,
                caller.user().id(),
                owner,
                subject.kind,
                subject.id,
                subject.uuid,
                subject.name,
                null));
    }

    /** What an event is about; kinds are CloudStack's. */
    record Subject(String kind, long id, String uuid, String name) {
        static Subject of(Domain domain) {
            return new Subject("Domain", domain.id(), domain.uuid(), domain.name());
        }

        static Subject of(Account account) {
            return new Subject("Account", account.id(), account.uuid(), account.name());
        }

        static Subject of(Project project) {
            return new Subject("Project", project.id(), project.uuid(), project.name());
        }

        static Subject of(User user) {
            return new Subject("User", user.id(), user.uuid(), user.username());
        }
    }
}
