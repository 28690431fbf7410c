/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.secret;

import static java.util.Objects.requireNonNull;

/**
 * Where a sealed value is kept. It is part of what is authenticated, so that a value that was copied to another row, column
 * or table cannot be opened there.
 *
 * @param column table and column
 * @param row what identifies the row for ever
 * @param meaning what the value is, for messages; never the value
 */
public record SecretPlace(String column, String row, String meaning) {
    public SecretPlace {
        requireNonNull(column, "column is null");
        requireNonNull(row, "row is null");
        requireNonNull(meaning, "meaning is null");
    }

    public static SecretPlace ofSetting(String key) {
        return new SecretPlace("configuration.value", key, "setting " + key);
    }

    public static SecretPlace ofSettingInZone(long zoneId, String key) {
        return new SecretPlace(
                "data_center_details.value", zoneId + "/" + key, "setting " + key + " in zone " + zoneId);
    }

    public static SecretPlace ofUserKey(long userId) {
        return new SecretPlace("user.secret_key", Long.toString(userId), "the secret key of user " + userId);
    }

    public static SecretPlace ofKubeconfig(String clusterUuid) {
        return new SecretPlace("backup_cluster.kubeconfig", clusterUuid, "the kubeconfig of cluster " + clusterUuid);
    }

    /** What is authenticated along with the value. */
    String associatedData() {
        return column + "/" + row;
    }
}
