-- Copyright 2026 The CloudStack Backup Authors
-- SPDX-License-Identifier: Apache-2.0

-- Has every column that a listing can be restricted by, the history's too; it takes the place of an index that had fewer.
-- There is none by date: a page would be read by date and sorted by id, which takes longer than passing over this one in order.
CREATE INDEX i_backups__listed
    ON backups (removed, id, domain_id, account_id, zone_id, vm_id, backup_offering_id, status, date, backup_schedule_id);
DROP INDEX i_backups__removed ON backups;
CREATE INDEX i_backups__status ON backups (status, removed, id);
CREATE INDEX i_backups__backup_schedule_id ON backups (backup_schedule_id, removed, id);

-- The servers that share this database, as CloudStack's table of that name; a server is up as long as it writes last_update.
CREATE TABLE mshost (
  id           bigint       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid         varchar(40)  NOT NULL,
  name         varchar(255) NOT NULL,
  state        varchar(10)  NOT NULL,
  version      varchar(255) NOT NULL,
  java         varchar(255) NOT NULL,
  os           varchar(255) NOT NULL,
  service_port int          NOT NULL,
  last_start   datetime(3)  NOT NULL,
  last_stop    datetime(3),
  last_update  datetime(3)  NOT NULL
);
CREATE UNIQUE INDEX uc_mshost__uuid ON mshost (uuid);

-- Locked by a server that makes what an empty database needs, so that two which start at once do not both make it.
INSERT INTO table_version (name, version) VALUES ('start', 0);
