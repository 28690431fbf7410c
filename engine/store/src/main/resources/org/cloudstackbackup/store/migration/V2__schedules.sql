-- Copyright 2026 The CloudStack Backup Authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Schedules and their runs. Columns that CloudStack has not: when a schedule is to be looked at, and how its slot went so far.

-- scheduled_timestamp is the next slot that no run was made for yet.
-- wake_at is when the poll looks at the schedule: at its next slot, earlier to try a failed run again, null while a run is open.
-- slot is what the last run was for, failures how often that slot has failed so far.
-- skipped tells why the last slot was passed over, so that this is told once; null when it was not.
-- retention_at is when backups beyond max_backups are looked for; null when there is no reason to.
ALTER TABLE backup_schedule ADD COLUMN wake_at datetime(3);
ALTER TABLE backup_schedule ADD COLUMN slot datetime(3);
ALTER TABLE backup_schedule ADD COLUMN failures int NOT NULL DEFAULT 0;
ALTER TABLE backup_schedule ADD COLUMN skipped varchar(1024);
ALTER TABLE backup_schedule ADD COLUMN retention_at datetime(3);
CREATE UNIQUE INDEX uc_backup_schedule__vm_id_schedule_type ON backup_schedule (vm_id, schedule_type);
CREATE INDEX i_backup_schedule__wake_at ON backup_schedule (wake_at);
CREATE INDEX i_backup_schedule__retention_at ON backup_schedule (retention_at);

-- One row per run that has not ended; the unique index is the "one run per schedule at a time" rule.
CREATE TABLE backup_schedule_run (
  id          bigint       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  schedule_id bigint       NOT NULL,
  backup_id   bigint       NOT NULL,
  job_id      bigint       NOT NULL,
  job_uuid    varchar(40)  NOT NULL,
  vm_id       bigint       NOT NULL,
  zone_id     bigint       NOT NULL,
  provider    varchar(255) NOT NULL,
  slot        datetime(3)  NOT NULL,
  attempt     int          NOT NULL,
  quiescevm   boolean,
  running     boolean      NOT NULL DEFAULT FALSE,
  not_before  datetime(3)  NOT NULL,
  put_off     varchar(1024)
);
CREATE UNIQUE INDEX uc_backup_schedule_run__schedule_id ON backup_schedule_run (schedule_id);
CREATE UNIQUE INDEX uc_backup_schedule_run__backup_id ON backup_schedule_run (backup_id);
CREATE INDEX i_backup_schedule_run__running ON backup_schedule_run (running, zone_id, not_before);

-- Its lock serializes the starts of runs, so that no cap is exceeded by two nodes.
INSERT INTO table_version (name, version) VALUES ('backup_schedule_run', 0);

-- Backups that retention wants gone and that are still there. operation_uuid is the deletion under way, null between two tries.
CREATE TABLE backup_removal (
  backup_id      bigint      NOT NULL PRIMARY KEY,
  schedule_id    bigint      NOT NULL,
  operation_uuid varchar(40),
  failures       int         NOT NULL DEFAULT 0,
  retry_at       datetime(3)
);
CREATE INDEX i_backup_removal__schedule_id ON backup_removal (schedule_id);
