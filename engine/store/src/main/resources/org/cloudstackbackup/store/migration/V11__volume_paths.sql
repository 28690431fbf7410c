-- Copyright 2026 The CloudStack Backup Authors
-- SPDX-License-Identifier: Apache-2.0

-- A volume of KubeVirt is found at namespace/claim: 63 characters and up to 253.
ALTER TABLE volumes MODIFY COLUMN path varchar(1024);
