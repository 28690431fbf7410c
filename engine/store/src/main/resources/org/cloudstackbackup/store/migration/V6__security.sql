-- Copyright 2026 The CloudStack Backup Authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Secrets are kept sealed: see docs/design/secrets.rst.

-- Sealed values are longer than what they hold; sealed says which rows have one.
ALTER TABLE configuration MODIFY COLUMN value text NOT NULL;
ALTER TABLE configuration ADD COLUMN sealed boolean NOT NULL DEFAULT FALSE;
ALTER TABLE data_center_details MODIFY COLUMN value text NOT NULL;
ALTER TABLE data_center_details ADD COLUMN sealed boolean NOT NULL DEFAULT FALSE;

-- One row once the first server has started: a known text, sealed with the key in force, so that a server with another key
-- finds out before it writes anything.
CREATE TABLE secret_key_check (
  id      int          NOT NULL PRIMARY KEY,
  sealed  varchar(255) NOT NULL,
  updated datetime(3)  NOT NULL
);
