-- Copyright 2026 The CloudStack Backup Authors
-- SPDX-License-Identifier: Apache-2.0

-- Kubernetes clusters that admins registered. The keys are names in small letters, as databases differ in whether A is a.
-- folder is the name that a cluster had when it was added; what is kept of it elsewhere is found by that. kubeconfig is sealed.
CREATE TABLE backup_cluster (
  id             bigint        NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid           varchar(40)   NOT NULL,
  name           varchar(100)  NOT NULL,
  name_key       varchar(100)  NOT NULL,
  folder         varchar(100)  NOT NULL,
  folder_key     varchar(100)  NOT NULL,
  data_center_id bigint        NOT NULL,
  server         varchar(2048) NOT NULL,
  context        varchar(255),
  kubeconfig     mediumtext    NOT NULL,
  created        datetime(3)   NOT NULL,
  updated        datetime(3)   NOT NULL
);
CREATE UNIQUE INDEX uc_backup_cluster__uuid ON backup_cluster (uuid);
CREATE UNIQUE INDEX uc_backup_cluster__name ON backup_cluster (name_key);
CREATE UNIQUE INDEX uc_backup_cluster__folder ON backup_cluster (folder_key);
CREATE INDEX i_backup_cluster__data_center_id ON backup_cluster (data_center_id);
