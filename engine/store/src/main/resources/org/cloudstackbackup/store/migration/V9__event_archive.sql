-- Copyright 2026 The CloudStack Backup Authors
-- SPDX-License-Identifier: Apache-2.0

-- An archived event is kept, and listed only when archived ones are asked for.
ALTER TABLE event ADD COLUMN archived boolean NOT NULL DEFAULT FALSE;

-- For the events of one object, and for what became of work that an event says was begun.
CREATE INDEX i_event__resource_uuid ON event (resource_uuid, id);
