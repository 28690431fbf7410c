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
