/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.spi;

import static java.util.Objects.requireNonNull;

/**
 * Which volume of a restore point becomes which new volume.
 *
 * @param clientToken makes the start idempotent; a uuid
 * @param restorePointId the product's id of the point
 * @param volumeUuid the volume as it is named in the restore point
 * @param newVolumeUuid CloudStack's id of the volume to be made
 * @param vm the VM that the new volume will be attached to
 */
public record VolumeRestoreRequest(
        String clientToken, String restorePointId, String volumeUuid, String newVolumeUuid, VmRef vm) {
    public VolumeRestoreRequest {
        requireNonNull(clientToken, "clientToken is null");
        requireNonNull(restorePointId, "restorePointId is null");
        requireNonNull(volumeUuid, "volumeUuid is null");
        requireNonNull(newVolumeUuid, "newVolumeUuid is null");
        requireNonNull(vm, "vm is null");
    }
}
