/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import org.cloudstackbackup.framework.event.Events;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.inventory.Volume;

/** Events in the words of the inventory. Joins an open transaction. */
final class InventoryEvents {
    private final Events events;

    InventoryEvents(Events events) {
        this.events = events;
    }

    void vm(String type, String what, long userId, Vm vm) {
        write(type, what + " VM " + vm.name(), userId, vm.owner(), "VirtualMachine", vm.id(), vm.uuid(), vm.name());
    }

    void volume(String type, String what, long userId, Volume volume) {
        write(
                type,
                what + " volume " + volume.name(),
                userId,
                volume.owner(),
                "Volume",
                volume.id(),
                volume.uuid(),
                volume.name());
    }

    private void write(
            String type, String text, long userId, Owner owner, String kind, long id, String uuid, String name) {
        events.record(new Events.NewEvent(
                type, Events.State.Completed, Events.Level.INFO, text, userId, owner, kind, id, uuid, name, null));
    }
}
