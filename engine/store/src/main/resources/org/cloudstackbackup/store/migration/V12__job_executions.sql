-- Copyright 2026 The CloudStack Backup Authors
-- SPDX-License-Identifier: Apache-2.0

-- job_executions counts executions that began and neither ended nor were left in order; job_begun tells that the job's work began.
ALTER TABLE async_job ADD COLUMN job_executions int NOT NULL DEFAULT 0;
ALTER TABLE async_job ADD COLUMN job_begun boolean NOT NULL DEFAULT FALSE;
UPDATE async_job SET job_begun = TRUE WHERE job_status = 0 AND job_progress_text IS NOT NULL;
