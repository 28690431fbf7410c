-- Copyright 2026 The CloudStack Backup Authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Runs unchanged on MariaDB/MySQL and on H2 in MySQL mode. Tables and columns that CloudStack 4.22 has carry its names.
-- All datetime values are UTC.

-- Identity ------------------------------------------------------------------------------------------------------------

CREATE TABLE roles (
  id          bigint       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid        varchar(40)  NOT NULL,
  name        varchar(255) NOT NULL,
  role_type   varchar(32)  NOT NULL,
  read_only   boolean      NOT NULL DEFAULT FALSE,
  is_default  boolean      NOT NULL DEFAULT FALSE,
  description varchar(255),
  removed     datetime(3)
);
CREATE UNIQUE INDEX uc_roles__uuid ON roles (uuid);

CREATE TABLE domain (
  id      bigint       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid    varchar(40)  NOT NULL,
  parent  bigint,
  name    varchar(255) NOT NULL,
  owner   bigint       NOT NULL,
  path    varchar(255) NOT NULL,
  level   int          NOT NULL DEFAULT 0,
  state   varchar(10)  NOT NULL DEFAULT 'Active',
  created datetime(3)  NOT NULL,
  removed datetime(3)
);
CREATE UNIQUE INDEX uc_domain__uuid ON domain (uuid);
CREATE INDEX i_domain__path ON domain (path);

CREATE TABLE account (
  id           bigint       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid         varchar(40)  NOT NULL,
  account_name varchar(100) NOT NULL,
  type         int          NOT NULL,
  role_id      bigint       NOT NULL,
  domain_id    bigint       NOT NULL,
  state        varchar(10)  NOT NULL DEFAULT 'enabled',
  created      datetime(3)  NOT NULL,
  removed      datetime(3),
  CONSTRAINT fk_account__domain_id FOREIGN KEY (domain_id) REFERENCES domain (id),
  CONSTRAINT fk_account__role_id FOREIGN KEY (role_id) REFERENCES roles (id)
);
CREATE UNIQUE INDEX uc_account__uuid ON account (uuid);
CREATE INDEX i_account__account_name ON account (account_name);

CREATE TABLE user (
  id         bigint       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid       varchar(40)  NOT NULL,
  username   varchar(255) NOT NULL,
  password   varchar(512) NOT NULL,
  account_id bigint       NOT NULL,
  firstname  varchar(255),
  lastname   varchar(255),
  email      varchar(255),
  state      varchar(10)  NOT NULL DEFAULT 'enabled',
  api_key    varchar(255),
  secret_key varchar(1024),
  timezone   varchar(30),
  created    datetime(3)  NOT NULL,
  removed    datetime(3),
  CONSTRAINT fk_user__account_id FOREIGN KEY (account_id) REFERENCES account (id)
);
CREATE UNIQUE INDEX uc_user__uuid ON user (uuid);
CREATE UNIQUE INDEX uc_user__api_key ON user (api_key);
CREATE INDEX i_user__username ON user (username);

-- Logged-in sessions; ids and keys are stored as SHA-256 hashes, so that a copy of the database opens no session.
CREATE TABLE api_session (
  id_hash     varchar(64) NOT NULL PRIMARY KEY,
  key_hash    varchar(64) NOT NULL,
  user_id     bigint      NOT NULL,
  created     datetime(3) NOT NULL,
  last_used   datetime(3) NOT NULL
);
CREATE INDEX i_api_session__last_used ON api_session (last_used);

-- Settings ------------------------------------------------------------------------------------------------------------

CREATE TABLE configuration (
  name    varchar(255)  NOT NULL PRIMARY KEY,
  value   varchar(4096) NOT NULL,
  updated datetime(3)   NOT NULL
);

CREATE TABLE data_center_details (
  id      bigint        NOT NULL AUTO_INCREMENT PRIMARY KEY,
  dc_id   bigint        NOT NULL,
  name    varchar(255)  NOT NULL,
  value   varchar(4096) NOT NULL,
  updated datetime(3)   NOT NULL
);
CREATE UNIQUE INDEX uc_data_center_details__dc_id_name ON data_center_details (dc_id, name);

-- Inventory -----------------------------------------------------------------------------------------------------------

CREATE TABLE data_center (
  id               bigint       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid             varchar(40)  NOT NULL,
  name             varchar(255) NOT NULL,
  description      varchar(255),
  networktype      varchar(255) NOT NULL DEFAULT 'Advanced',
  allocation_state varchar(32)  NOT NULL DEFAULT 'Enabled',
  inventory        varchar(32)  NOT NULL,
  created          datetime(3)  NOT NULL,
  removed          datetime(3)
);
CREATE UNIQUE INDEX uc_data_center__uuid ON data_center (uuid);

CREATE TABLE service_offering (
  id           bigint       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid         varchar(40)  NOT NULL,
  name         varchar(255) NOT NULL,
  display_text varchar(4096),
  cpu          int          NOT NULL,
  speed        int          NOT NULL,
  ram_size     int          NOT NULL,
  created      datetime(3)  NOT NULL,
  removed      datetime(3)
);
CREATE UNIQUE INDEX uc_service_offering__uuid ON service_offering (uuid);

CREATE TABLE disk_offering (
  id           bigint       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid         varchar(40)  NOT NULL,
  name         varchar(255) NOT NULL,
  display_text varchar(4096),
  disk_size    bigint       NOT NULL DEFAULT 0,
  customized   boolean      NOT NULL DEFAULT FALSE,
  min_iops     bigint,
  max_iops     bigint,
  created      datetime(3)  NOT NULL,
  removed      datetime(3)
);
CREATE UNIQUE INDEX uc_disk_offering__uuid ON disk_offering (uuid);

CREATE TABLE guest_os_category (
  id   bigint       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid varchar(40)  NOT NULL,
  name varchar(255) NOT NULL
);
CREATE UNIQUE INDEX uc_guest_os_category__uuid ON guest_os_category (uuid);

CREATE TABLE guest_os (
  id           bigint       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid         varchar(40)  NOT NULL,
  category_id  bigint       NOT NULL,
  display_name varchar(255) NOT NULL
);
CREATE UNIQUE INDEX uc_guest_os__uuid ON guest_os (uuid);

CREATE TABLE vm_template (
  id              bigint       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid            varchar(40)  NOT NULL,
  name            varchar(255) NOT NULL,
  display_text    varchar(4096),
  format          varchar(32)  NOT NULL DEFAULT 'RAW',
  hypervisor_type varchar(32)  NOT NULL,
  guest_os_id     bigint       NOT NULL,
  size            bigint       NOT NULL,
  account_id      bigint       NOT NULL,
  data_center_id  bigint,
  public          boolean      NOT NULL DEFAULT TRUE,
  featured        boolean      NOT NULL DEFAULT TRUE,
  created         datetime(3)  NOT NULL,
  removed         datetime(3)
);
CREATE UNIQUE INDEX uc_vm_template__uuid ON vm_template (uuid);

CREATE TABLE networks (
  id             bigint       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid           varchar(40)  NOT NULL,
  name           varchar(255) NOT NULL,
  display_text   varchar(255),
  guest_type     varchar(32)  NOT NULL DEFAULT 'Shared',
  acl_type       varchar(15)  NOT NULL DEFAULT 'Domain',
  cidr           varchar(32)  NOT NULL,
  gateway        varchar(45)  NOT NULL,
  data_center_id bigint       NOT NULL,
  account_id     bigint       NOT NULL,
  domain_id      bigint       NOT NULL,
  created        datetime(3)  NOT NULL,
  removed        datetime(3)
);
CREATE UNIQUE INDEX uc_networks__uuid ON networks (uuid);

CREATE TABLE vm_instance (
  id                  bigint       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid                varchar(40)  NOT NULL,
  name                varchar(255) NOT NULL,
  display_name        varchar(255),
  instance_name       varchar(255) NOT NULL,
  state               varchar(32)  NOT NULL,
  vm_template_id      bigint       NOT NULL,
  guest_os_id         bigint       NOT NULL,
  service_offering_id bigint       NOT NULL,
  hypervisor_type     varchar(32)  NOT NULL,
  data_center_id      bigint       NOT NULL,
  account_id          bigint       NOT NULL,
  domain_id           bigint       NOT NULL,
  backup_offering_id  bigint,
  backup_external_id  varchar(255),
  backup_volumes      text,
  update_count        bigint       NOT NULL DEFAULT 0,
  created             datetime(3)  NOT NULL,
  removed             datetime(3),
  CONSTRAINT fk_vm_instance__account_id FOREIGN KEY (account_id) REFERENCES account (id),
  CONSTRAINT fk_vm_instance__data_center_id FOREIGN KEY (data_center_id) REFERENCES data_center (id)
);
CREATE UNIQUE INDEX uc_vm_instance__uuid ON vm_instance (uuid);
CREATE INDEX i_vm_instance__account_id ON vm_instance (account_id, removed);
CREATE INDEX i_vm_instance__backup_offering_id ON vm_instance (backup_offering_id);
CREATE INDEX i_vm_instance__name ON vm_instance (name);

CREATE TABLE vm_instance_details (
  id      bigint       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  vm_id   bigint       NOT NULL,
  name    varchar(255) NOT NULL,
  value   varchar(5120) NOT NULL,
  display boolean      NOT NULL DEFAULT TRUE
);
CREATE UNIQUE INDEX uc_vm_instance_details__vm_id_name ON vm_instance_details (vm_id, name);

CREATE TABLE nics (
  id           bigint      NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid         varchar(40) NOT NULL,
  instance_id  bigint      NOT NULL,
  network_id   bigint      NOT NULL,
  device_id    int         NOT NULL,
  mac_address  varchar(17) NOT NULL,
  ip4_address  varchar(40) NOT NULL,
  default_nic  boolean     NOT NULL DEFAULT FALSE,
  created      datetime(3) NOT NULL,
  removed      datetime(3)
);
CREATE UNIQUE INDEX uc_nics__uuid ON nics (uuid);
CREATE INDEX i_nics__instance_id ON nics (instance_id);

CREATE TABLE volumes (
  id               bigint       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid             varchar(40)  NOT NULL,
  name             varchar(255) NOT NULL,
  volume_type      varchar(32)  NOT NULL,
  state            varchar(32)  NOT NULL,
  size             bigint       NOT NULL,
  path             varchar(255),
  instance_id      bigint,
  device_id        bigint,
  disk_offering_id bigint       NOT NULL,
  template_id      bigint,
  min_iops         bigint,
  max_iops         bigint,
  data_center_id   bigint       NOT NULL,
  account_id       bigint       NOT NULL,
  domain_id        bigint       NOT NULL,
  attached         datetime(3),
  created          datetime(3)  NOT NULL,
  removed          datetime(3),
  CONSTRAINT fk_volumes__account_id FOREIGN KEY (account_id) REFERENCES account (id),
  CONSTRAINT fk_volumes__data_center_id FOREIGN KEY (data_center_id) REFERENCES data_center (id)
);
CREATE UNIQUE INDEX uc_volumes__uuid ON volumes (uuid);
CREATE INDEX i_volumes__instance_id ON volumes (instance_id);
CREATE INDEX i_volumes__account_id ON volumes (account_id, removed);

-- Events and jobs -----------------------------------------------------------------------------------------------------

CREATE TABLE event (
  id            bigint       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid          varchar(40)  NOT NULL,
  type          varchar(64)  NOT NULL,
  state         varchar(32)  NOT NULL DEFAULT 'Completed',
  level         varchar(16)  NOT NULL,
  description   varchar(1024) NOT NULL,
  user_id       bigint       NOT NULL,
  account_id    bigint       NOT NULL,
  domain_id     bigint       NOT NULL,
  resource_id   bigint,
  resource_uuid varchar(40),
  resource_type varchar(32),
  resource_name varchar(255),
  start_id      bigint,
  created       datetime(3)  NOT NULL
);
CREATE UNIQUE INDEX uc_event__uuid ON event (uuid);
CREATE INDEX i_event__account_id ON event (account_id);
CREATE INDEX i_event__created ON event (created);

CREATE TABLE async_job (
  id                bigint       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid              varchar(40)  NOT NULL,
  user_id           bigint       NOT NULL,
  account_id        bigint       NOT NULL,
  domain_id         bigint       NOT NULL,
  job_cmd           varchar(255) NOT NULL,
  job_cmd_info      longtext     NOT NULL,
  job_status        int          NOT NULL DEFAULT 0,
  job_process_status int         NOT NULL DEFAULT 0,
  job_progress_text varchar(1024),
  job_deferred      boolean      NOT NULL DEFAULT FALSE,
  job_result_code   int          NOT NULL DEFAULT 0,
  job_result        longtext,
  instance_type     varchar(64),
  instance_id       bigint,
  instance_uuid     varchar(40),
  start_event_id    bigint,
  job_init_msid     varchar(64)  NOT NULL,
  job_complete_msid varchar(64),
  created           datetime(3)  NOT NULL,
  last_updated      datetime(3)  NOT NULL,
  removed           datetime(3)
);
CREATE UNIQUE INDEX uc_async_job__uuid ON async_job (uuid);
CREATE INDEX i_async_job__account_id ON async_job (account_id, id);
CREATE INDEX i_async_job__removed ON async_job (removed);

CREATE TABLE scheduled_tasks (
  task_name            varchar(100) NOT NULL,
  task_instance        varchar(100) NOT NULL,
  task_data            longblob,
  execution_time       datetime(6) NOT NULL,
  picked               boolean      NOT NULL,
  picked_by            varchar(50),
  last_success         datetime(6) NULL,
  last_failure         datetime(6) NULL,
  consecutive_failures int,
  last_heartbeat       datetime(6) NULL,
  version              bigint       NOT NULL,
  priority             smallint,
  PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX i_scheduled_tasks__execution_time ON scheduled_tasks (execution_time);
CREATE INDEX i_scheduled_tasks__last_heartbeat ON scheduled_tasks (last_heartbeat);

-- Backup and recovery -------------------------------------------------------------------------------------------------

CREATE TABLE backup_offering (
  id                 bigint       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid               varchar(40)  NOT NULL,
  name               varchar(255) NOT NULL,
  description        varchar(255) NOT NULL,
  external_id        varchar(255) NOT NULL,
  user_driven_backup boolean      NOT NULL DEFAULT FALSE,
  zone_id            bigint       NOT NULL,
  provider           varchar(255) NOT NULL,
  created            datetime(3)  NOT NULL,
  removed            datetime(3),
  CONSTRAINT fk_backup_offering__zone_id FOREIGN KEY (zone_id) REFERENCES data_center (id)
);
CREATE UNIQUE INDEX uc_backup_offering__uuid ON backup_offering (uuid);

CREATE TABLE backups (
  id                   bigint        NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid                 varchar(40)   NOT NULL,
  name                 varchar(255)  NOT NULL,
  description          varchar(1024),
  vm_id                bigint        NOT NULL,
  external_id          varchar(255),
  type                 varchar(255)  NOT NULL,
  date                 datetime(3)   NOT NULL,
  size                 bigint,
  protected_size       bigint,
  status               varchar(32)   NOT NULL,
  backup_offering_id   bigint        NOT NULL,
  account_id           bigint        NOT NULL,
  domain_id            bigint        NOT NULL,
  zone_id              bigint        NOT NULL,
  backed_volumes       text,
  backup_schedule_id   bigint,
  backup_interval_type int,
  update_count         bigint        NOT NULL DEFAULT 0,
  failure              varchar(1024),
  removed              datetime(3),
  CONSTRAINT fk_backups__backup_offering_id FOREIGN KEY (backup_offering_id) REFERENCES backup_offering (id),
  CONSTRAINT fk_backups__account_id FOREIGN KEY (account_id) REFERENCES account (id),
  CONSTRAINT fk_backups__zone_id FOREIGN KEY (zone_id) REFERENCES data_center (id)
);
CREATE UNIQUE INDEX uc_backups__uuid ON backups (uuid);
-- Has every column that a listing can be restricted by, so that a page deep inside is found without reading rows or sorting.
CREATE INDEX i_backups__removed ON backups (removed, id, domain_id, account_id, zone_id, vm_id, backup_offering_id);
CREATE INDEX i_backups__account_id ON backups (account_id, removed, id);
CREATE INDEX i_backups__domain_id ON backups (domain_id, removed, id);
CREATE INDEX i_backups__vm_id ON backups (vm_id, removed, id);
CREATE INDEX i_backups__zone_id ON backups (zone_id, removed, id);
CREATE INDEX i_backups__external_id ON backups (external_id);

CREATE TABLE backup_details (
  id        bigint       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  backup_id bigint       NOT NULL,
  name      varchar(255) NOT NULL,
  value     text         NOT NULL,
  display   boolean      NOT NULL DEFAULT TRUE,
  CONSTRAINT fk_backup_details__backup_id FOREIGN KEY (backup_id) REFERENCES backups (id) ON DELETE CASCADE
);
CREATE INDEX i_backup_details__backup_id ON backup_details (backup_id);

CREATE TABLE backup_schedule (
  id                  bigint       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid                varchar(40)  NOT NULL,
  vm_id               bigint       NOT NULL,
  schedule_type       int          NOT NULL,
  schedule            varchar(100) NOT NULL,
  timezone            varchar(100) NOT NULL,
  scheduled_timestamp datetime(3)  NOT NULL,
  async_job_id        bigint,
  max_backups         int          NOT NULL DEFAULT 0,
  quiescevm           boolean,
  account_id          bigint       NOT NULL,
  domain_id           bigint       NOT NULL
);
CREATE UNIQUE INDEX uc_backup_schedule__uuid ON backup_schedule (uuid);
CREATE INDEX i_backup_schedule__vm_id ON backup_schedule (vm_id);

-- One row per piece of work at a backup product, written before the product is asked, so that a crash loses nothing.
-- vm_lock holds the VM's id while the operation is open: the unique index is the "one operation per VM" rule.
CREATE TABLE backup_operation (
  id            bigint        NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid          varchar(40)   NOT NULL,
  kind          varchar(32)   NOT NULL,
  phase         varchar(32)   NOT NULL,
  provider      varchar(255)  NOT NULL,
  zone_id       bigint        NOT NULL,
  vm_id         bigint        NOT NULL,
  vm_lock       bigint,
  backup_id     bigint,
  job_id        bigint,
  user_id       bigint        NOT NULL,
  operation_ref varchar(255),
  plan          longtext      NOT NULL,
  percent       int,
  message       varchar(1024),
  failure_kind  varchar(32),
  attempts      int           NOT NULL DEFAULT 0,
  update_count  bigint        NOT NULL DEFAULT 0,
  created       datetime(3)   NOT NULL,
  updated       datetime(3)   NOT NULL,
  ended         datetime(3)
);
CREATE UNIQUE INDEX uc_backup_operation__uuid ON backup_operation (uuid);
CREATE UNIQUE INDEX uc_backup_operation__vm_lock ON backup_operation (vm_lock);
CREATE INDEX i_backup_operation__ended ON backup_operation (ended);
CREATE INDEX i_backup_operation__job_id ON backup_operation (job_id);

-- A number per table that grows with every committed change; lets readers keep counts until something changed.
CREATE TABLE table_version (
  name    varchar(64) NOT NULL PRIMARY KEY,
  version bigint      NOT NULL
);
INSERT INTO table_version (name, version) VALUES ('backups', 0);
