/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.backup;

import com.cloud.utils.Pair;
import com.cloud.vm.VirtualMachine;
import java.util.List;

/** A backup product, as CloudStack sees it. */
public interface BackupProvider {
    /** Lower case; the value of the setting that chooses a provider. */
    String getName();

    String getDescription();

    List<BackupOffering> listBackupOfferings(Long zoneId);

    boolean isValidProviderOffering(Long zoneId, String uuid);

    /** Called inside a transaction. */
    boolean assignVMToBackupOffering(VirtualMachine vm, BackupOffering backupOffering);

    boolean removeVMFromBackupOffering(VirtualMachine vm);

    boolean willDeleteBackupsOnOfferingRemoval();

    /** Makes the row, too. */
    Pair<Boolean, Backup> takeBackup(VirtualMachine vm, Boolean quiesceVM);

    boolean deleteBackup(Backup backup, boolean forced);

    Pair<Boolean, String> restoreBackupToVM(VirtualMachine vm, Backup backup, String hostIp, String dataStoreUuid);

    boolean restoreVMFromBackup(VirtualMachine vm, Backup backup);

    /** Called with up to four spellings of host and pool; all but one are to be refused without effect. */
    Pair<Boolean, String> restoreBackedUpVolume(
            Backup backup,
            Backup.VolumeInfo backupVolumeInfo,
            String hostIp,
            String dataStoreUuid,
            Pair<String, VirtualMachine.State> vmNameAndState);

    void syncBackupMetrics(Long zoneId);

    /** Called inside a transaction. Null leaves the rows alone; a row that is not in the list is removed. */
    List<Backup.RestorePoint> listRestorePoints(VirtualMachine vm);

    /** Makes the row; null for none. */
    Backup createNewBackupEntryForRestorePoint(Backup.RestorePoint restorePoint, VirtualMachine vm);

    boolean supportsInstanceFromBackup();

    /** Used and total bytes. */
    Pair<Long, Long> getBackupStorageStats(Long zoneId);

    void syncBackupStorageStats(Long zoneId);

    Boolean crossZoneInstanceCreationEnabled(BackupOffering backupOffering);
}
