-- Copyright 2026 The CloudStack Backup Authors
-- SPDX-License-Identifier: Apache-2.0

-- open_key is a hash of type and cause while the alert stands, else null: the unique index is the "one alert per cause" rule.
-- sent_count and last_sent, CloudStack's names, count and date how often the cause was met.
CREATE TABLE alert (
  id             bigint        NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid           varchar(40)   NOT NULL,
  type           int           NOT NULL,
  name           varchar(255)  NOT NULL,
  cause          varchar(255)  NOT NULL,
  open_key       varchar(64),
  subject        varchar(999)  NOT NULL,
  content        varchar(5000) NOT NULL,
  data_center_id bigint,
  sent_count     bigint        NOT NULL,
  created        datetime(3)   NOT NULL,
  last_sent      datetime(3)   NOT NULL,
  resolved       datetime(3),
  archived       boolean       NOT NULL DEFAULT FALSE
);
CREATE UNIQUE INDEX uc_alert__uuid ON alert (uuid);
CREATE UNIQUE INDEX uc_alert__open_key ON alert (open_key);
CREATE INDEX i_alert__last_sent ON alert (archived, last_sent);
CREATE INDEX i_alert__cause ON alert (type, cause);
CREATE INDEX i_alert__resolved ON alert (resolved);

-- Messages about alerts, written together with what they tell of. attempts is also the version of the row.
CREATE TABLE alert_delivery (
  id           bigint        NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid         varchar(40)   NOT NULL,
  alert_id     bigint        NOT NULL,
  news         varchar(16)   NOT NULL,
  channel      varchar(32)   NOT NULL,
  target       varchar(255)  NOT NULL,
  subject      varchar(999)  NOT NULL,
  content      varchar(5000) NOT NULL,
  created      datetime(3)   NOT NULL,
  attempts     int           NOT NULL DEFAULT 0,
  next_attempt datetime(3),
  failure      varchar(1024),
  ended        datetime(3),
  CONSTRAINT fk_alert_delivery__alert_id FOREIGN KEY (alert_id) REFERENCES alert (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX uc_alert_delivery__uuid ON alert_delivery (uuid);
CREATE INDEX i_alert_delivery__alert_id ON alert_delivery (alert_id);
CREATE INDEX i_alert_delivery__next_attempt ON alert_delivery (next_attempt);
CREATE INDEX i_alert_delivery__ended ON alert_delivery (ended);

-- The newest good backup of a VM, from the index alone.
CREATE INDEX i_backups__newest ON backups (vm_id, removed, date, status);

-- The first slot that the schedule, as it is now, promised a backup for.
ALTER TABLE backup_schedule ADD COLUMN first_slot datetime(3);
UPDATE backup_schedule SET first_slot = scheduled_timestamp;
