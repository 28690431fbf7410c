/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.storage;

import com.cloud.template.BasedOn;
import com.cloud.utils.fsm.StateObject;
import java.util.Date;
import org.apache.cloudstack.acl.ControlledEntity;
import org.apache.cloudstack.api.Displayable;
import org.apache.cloudstack.api.Identity;
import org.apache.cloudstack.api.InternalIdentity;

/** A disk of a virtual machine. */
public interface Volume
        extends ControlledEntity, Identity, InternalIdentity, BasedOn, StateObject<Volume.State>, Displayable {
    /** What a volume is for. */
    enum Type {
        UNKNOWN,
        ROOT,
        SWAP,
        DATADISK,
        ISO
    }

    /** Where a volume stands; states that the bridge does not name are left out. */
    enum State {
        Allocated,
        Copying,
        Ready,
        Restoring,
        Destroy,
        Expunged
    }

    /** What moves a volume from state to state; the host's own members are left out. */
    enum Event {
        OperationSucceeded,
        OperationFailed
    }

    Long getDeviceId();

    Long getDiskOfferingId();

    Storage.ImageFormat getFormat();

    /** The machine the volume is attached to, or null. */
    Long getInstanceId();

    Long getMaxIops();

    Long getMinIops();

    @Override
    String getName();

    String getPath();

    Long getPoolId();

    Storage.ProvisioningType getProvisioningType();

    /** Bytes. */
    Long getSize();

    @Override
    State getState();

    Date getUpdated();

    Type getVolumeType();
}
