/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.backup;

import com.cloud.storage.Volume;
import com.cloud.utils.component.Manager;
import com.cloud.utils.component.PluggableService;
import com.cloud.vm.VirtualMachine;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.config.Configurable;

/** CloudStack's backup framework; the parts that it offers to providers. */
public interface BackupManager extends BackupService, Configurable, PluggableService, Manager {
    /** What a machine was like, so that another can be made of a backup. */
    Map<String, String> getBackupDetailsFromVM(VirtualMachine vm);

    /** JSON for the row of a backup. */
    String createVolumeInfoFromVolumes(List<Volume> vmVolumes);

    String getBackupNameFromVM(VirtualMachine vm);
}
