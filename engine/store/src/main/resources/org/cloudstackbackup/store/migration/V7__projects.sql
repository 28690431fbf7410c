-- Copyright 2026 The CloudStack Backup Authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Projects: several accounts that own things together. What a project owns belongs to an account of its own, of type 5.

CREATE TABLE projects (
  id                 bigint       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid               varchar(40)  NOT NULL,
  name               varchar(255) NOT NULL,
  display_text       varchar(255),
  project_account_id bigint       NOT NULL,
  domain_id          bigint       NOT NULL,
  state              varchar(32)  NOT NULL,
  created            datetime(3)  NOT NULL,
  removed            datetime(3),
  CONSTRAINT fk_projects__project_account_id FOREIGN KEY (project_account_id) REFERENCES account (id),
  CONSTRAINT fk_projects__domain_id FOREIGN KEY (domain_id) REFERENCES domain (id)
);
CREATE UNIQUE INDEX uc_projects__uuid ON projects (uuid);
CREATE UNIQUE INDEX uc_projects__project_account_id ON projects (project_account_id);

CREATE TABLE project_account (
  id                 bigint       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  account_id         bigint       NOT NULL,
  account_role       varchar(255) NOT NULL DEFAULT 'Regular',
  project_id         bigint       NOT NULL,
  project_account_id bigint       NOT NULL,
  created            datetime(3)  NOT NULL,
  CONSTRAINT fk_project_account__account_id FOREIGN KEY (account_id) REFERENCES account (id),
  CONSTRAINT fk_project_account__project_id FOREIGN KEY (project_id) REFERENCES projects (id)
);
CREATE UNIQUE INDEX uc_project_account__account_id_project_id ON project_account (account_id, project_id);
