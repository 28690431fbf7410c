-- Copyright 2026 The CloudStack Backup Authors
-- SPDX-License-Identifier: Apache-2.0
--
-- What accounts and domains use, what they may use, and what they used when. Runs unchanged on MariaDB/MySQL and on H2.

-- One row per owner and type; follows from the rows of backups and is changed in the same transactions. A domain's count has
-- those of the domains below it in it.
CREATE TABLE resource_count (
  id         bigint      NOT NULL AUTO_INCREMENT PRIMARY KEY,
  account_id bigint,
  domain_id  bigint,
  type       varchar(32) NOT NULL,
  count      bigint      NOT NULL DEFAULT 0,
  CONSTRAINT fk_resource_count__account_id FOREIGN KEY (account_id) REFERENCES account (id),
  CONSTRAINT fk_resource_count__domain_id FOREIGN KEY (domain_id) REFERENCES domain (id)
);
CREATE UNIQUE INDEX uc_resource_count__account_id_type ON resource_count (account_id, type);
CREATE UNIQUE INDEX uc_resource_count__domain_id_type ON resource_count (domain_id, type);

-- Locked by whoever adds rows that are missing.
INSERT INTO table_version (name, version) VALUES ('resource_count', 0);

-- max is in bytes for backup_storage; -1 is no limit.
CREATE TABLE resource_limit (
  id         bigint      NOT NULL AUTO_INCREMENT PRIMARY KEY,
  account_id bigint,
  domain_id  bigint,
  type       varchar(32) NOT NULL,
  max        bigint      NOT NULL,
  CONSTRAINT fk_resource_limit__account_id FOREIGN KEY (account_id) REFERENCES account (id),
  CONSTRAINT fk_resource_limit__domain_id FOREIGN KEY (domain_id) REFERENCES domain (id)
);
CREATE UNIQUE INDEX uc_resource_limit__account_id_type ON resource_limit (account_id, type);
CREATE UNIQUE INDEX uc_resource_limit__domain_id_type ON resource_limit (domain_id, type);

-- Domains first: the root's rows have the lowest ids, so every transaction that changes counts begins with them.
INSERT INTO resource_count (domain_id, type, count)
SELECT d.id, 'backup', COUNT(b.id)
  FROM domain d
  LEFT JOIN domain below ON LEFT(below.path, CHAR_LENGTH(d.path)) = d.path
  LEFT JOIN backups b ON b.domain_id = below.id AND b.removed IS NULL
       AND (b.status IN ('Allocated', 'Queued', 'BackingUp', 'BackedUp', 'Restoring')
            OR (b.status = 'Error' AND b.external_id IS NOT NULL))
 WHERE d.removed IS NULL
 GROUP BY d.id
 ORDER BY d.id;

INSERT INTO resource_count (domain_id, type, count)
SELECT d.id, 'backup_storage', COALESCE(SUM(CASE
         WHEN b.status IN ('Allocated', 'Queued', 'BackingUp') THEN COALESCE(b.protected_size, 0)
         ELSE COALESCE(b.size, b.protected_size, 0) END), 0)
  FROM domain d
  LEFT JOIN domain below ON LEFT(below.path, CHAR_LENGTH(d.path)) = d.path
  LEFT JOIN backups b ON b.domain_id = below.id AND b.removed IS NULL
       AND (b.status IN ('Allocated', 'Queued', 'BackingUp', 'BackedUp', 'Restoring')
            OR (b.status = 'Error' AND b.external_id IS NOT NULL))
 WHERE d.removed IS NULL
 GROUP BY d.id
 ORDER BY d.id;

INSERT INTO resource_count (account_id, type, count)
SELECT a.id, 'backup', COUNT(b.id)
  FROM account a
  LEFT JOIN backups b ON b.account_id = a.id AND b.removed IS NULL
       AND (b.status IN ('Allocated', 'Queued', 'BackingUp', 'BackedUp', 'Restoring')
            OR (b.status = 'Error' AND b.external_id IS NOT NULL))
 WHERE a.removed IS NULL
 GROUP BY a.id
 ORDER BY a.id;

INSERT INTO resource_count (account_id, type, count)
SELECT a.id, 'backup_storage', COALESCE(SUM(CASE
         WHEN b.status IN ('Allocated', 'Queued', 'BackingUp') THEN COALESCE(b.protected_size, 0)
         ELSE COALESCE(b.size, b.protected_size, 0) END), 0)
  FROM account a
  LEFT JOIN backups b ON b.account_id = a.id AND b.removed IS NULL
       AND (b.status IN ('Allocated', 'Queued', 'BackingUp', 'BackedUp', 'Restoring')
            OR (b.status = 'Error' AND b.external_id IS NOT NULL))
 WHERE a.removed IS NULL
 GROUP BY a.id
 ORDER BY a.id;

-- The history of what was protected and stored: a row per interval in which nothing changed for an account, VM and offering.
-- The last one is open: it has no end, a key that no other has, and tells how many restore points there are and whether the VM
-- is under the offering.
CREATE TABLE usage_backup (
  id                 bigint      NOT NULL AUTO_INCREMENT PRIMARY KEY,
  zone_id            bigint      NOT NULL,
  account_id         bigint      NOT NULL,
  domain_id          bigint      NOT NULL,
  vm_id              bigint      NOT NULL,
  backup_offering_id bigint      NOT NULL,
  size               bigint      NOT NULL,
  protected_size     bigint      NOT NULL,
  backups            bigint      NOT NULL DEFAULT 0,
  assigned           boolean     NOT NULL DEFAULT FALSE,
  open_key           varchar(64),
  created            datetime(3) NOT NULL,
  removed            datetime(3)
);
CREATE UNIQUE INDEX uc_usage_backup__open_key ON usage_backup (open_key);
CREATE INDEX i_usage_backup__removed ON usage_backup (removed, created);
CREATE INDEX i_usage_backup__account_id ON usage_backup (account_id, vm_id, backup_offering_id);

-- What is there already is counted from the instant at which it was last seen to grow.
INSERT INTO usage_backup (zone_id, account_id, domain_id, vm_id, backup_offering_id, size, protected_size, backups, open_key,
                          created)
SELECT zone_id, account_id, domain_id, vm_id, backup_offering_id, SUM(COALESCE(size, protected_size, 0)),
       SUM(COALESCE(protected_size, 0)), COUNT(*), CONCAT(account_id, ':', vm_id, ':', backup_offering_id), MAX(date)
  FROM backups
 WHERE removed IS NULL
   AND (status IN ('BackedUp', 'Restoring') OR (status = 'Error' AND external_id IS NOT NULL))
 GROUP BY zone_id, account_id, domain_id, vm_id, backup_offering_id;

UPDATE usage_backup SET assigned = TRUE
 WHERE EXISTS (SELECT 1 FROM vm_instance v
                WHERE v.id = usage_backup.vm_id AND v.account_id = usage_backup.account_id
                  AND v.backup_offering_id = usage_backup.backup_offering_id AND v.removed IS NULL);

INSERT INTO usage_backup (zone_id, account_id, domain_id, vm_id, backup_offering_id, size, protected_size, assigned, open_key,
                          created)
SELECT v.data_center_id, v.account_id, v.domain_id, v.id, v.backup_offering_id, 0, 0, TRUE,
       CONCAT(v.account_id, ':', v.id, ':', v.backup_offering_id), v.created
  FROM vm_instance v
 WHERE v.backup_offering_id IS NOT NULL AND v.removed IS NULL
   AND NOT EXISTS (SELECT 1 FROM usage_backup u
                    WHERE u.open_key = CONCAT(v.account_id, ':', v.id, ':', v.backup_offering_id));
