-- Copyright 2026 The CloudStack Backup Authors
-- SPDX-License-Identifier: Apache-2.0
--
-- The comparison of backups with what the products have.

-- One row per zone and product: which node is at it, how the last comparison ended, and what storage the product told.
-- token grows each time a node takes the row up; a node that holds an older one may write nothing more.
CREATE TABLE backup_sync (
  zone_id         bigint       NOT NULL,
  provider        varchar(255) NOT NULL,
  token           bigint       NOT NULL,
  holder          varchar(64),
  expires         datetime(3),
  requested       datetime(3),
  started         datetime(3),
  ended           datetime(3),
  succeeded       datetime(3),
  outcome         varchar(32),
  error           varchar(1100),
  pages           bigint       NOT NULL DEFAULT 0,
  points          bigint       NOT NULL DEFAULT 0,
  adopted         bigint       NOT NULL DEFAULT 0,
  updated         bigint       NOT NULL DEFAULT 0,
  removed         bigint       NOT NULL DEFAULT 0,
  missing         bigint       NOT NULL DEFAULT 0,
  unknown_points  bigint       NOT NULL DEFAULT 0,
  unplaced_points bigint       NOT NULL DEFAULT 0,
  left_points     bigint       NOT NULL DEFAULT 0,
  bad_points      bigint       NOT NULL DEFAULT 0,
  used_bytes      bigint,
  total_bytes     bigint,
  PRIMARY KEY (zone_id, provider)
);

-- Backups whose restore points a complete listing lacked once; a row of backups is written only when that is confirmed.
CREATE TABLE backup_missing (
  backup_id bigint       NOT NULL PRIMARY KEY,
  zone_id   bigint       NOT NULL,
  provider  varchar(255) NOT NULL,
  noticed   datetime(3)  NOT NULL
);
CREATE INDEX i_backup_missing__zone_id ON backup_missing (zone_id, provider, backup_id);

-- Whether an offering has live backups is asked at every look for what is to be compared.
CREATE INDEX i_backups__backup_offering_id ON backups (backup_offering_id, removed);
