/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.vm;

import com.cloud.hypervisor.Hypervisor.HypervisorType;
import com.cloud.utils.fsm.StateObject;
import java.util.Date;
import org.apache.cloudstack.acl.ControlledEntity;
import org.apache.cloudstack.api.Displayable;
import org.apache.cloudstack.kernel.Partition;

/** A virtual machine. */
public interface VirtualMachine
        extends RunningOn, ControlledEntity, Partition, Displayable, StateObject<VirtualMachine.State> {
    /** Whether the machine runs. */
    enum State {
        Starting,
        Running,
        Stopping,
        Stopped,
        Destroyed,
        Expunging,
        Migrating,
        Error,
        Unknown,
        Shutdown,
        Restoring
    }

    /** What a machine is for; kinds that the bridge does not name are left out. */
    enum Type {
        User
    }

    /** What moves a machine from state to state; the host's own members are left out. */
    enum Event {
        RestoringRequested,
        RestoringSuccess,
        RestoringFailed
    }

    /** The product's id of the protected machine, or null. */
    String getBackupExternalId();

    /** The offering the machine is under, or null. */
    Long getBackupOfferingId();

    /** Id of the zone. */
    long getDataCenterId();

    /** The name users gave. */
    String getHostName();

    HypervisorType getHypervisorType();

    /** The hypervisor's name. */
    String getInstanceName();

    /** When the machine was expunged, or null. */
    Date getRemoved();
}
