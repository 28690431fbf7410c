# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""What became of backups: states, causes, and listBackups asked by history."""

from datetime import datetime, timedelta, timezone

import pytest

from client import await_value
from conftest import back_up, backups_of

NOBODYS = "5fa8fee9-0000-4b90-9fb9-e5411b6f7700"


def names(client, **params):
    """The names listed, and the total agrees."""
    answer = client.call("listBackups", listall="true", **params)
    listed = [each["name"] for each in answer.get("backup", [])]
    assert answer.get("count", 0) == len(listed)
    return listed


def setting(admin, zone, name, value):
    """Sets a setting of the dummy provider for the zone."""
    admin.call("updateConfiguration", name=f"backup.plugin.dummy.{name}", value=value, zoneid=zone["id"])


def test_a_failed_backup_stays_with_its_cause(admin, zone, protected_vm):
    vm = protected_vm
    setting(admin, zone, "fail", "backup")
    try:
        failure = admin.fails("createBackup", virtualmachineid=vm["id"], name="no-good")
    finally:
        admin.call("resetConfiguration", name="backup.plugin.dummy.fail", zoneid=zone["id"])
    [row] = backups_of(admin, vm)
    assert row["status"] == "Failed"
    assert row["failurereason"] == failure.text, "the row, the job and the event tell the same"
    good = back_up(admin, vm, name="good")
    assert "failurereason" not in good
    assert names(admin, virtualmachineid=vm["id"], status="Failed") == ["no-good"]
    assert names(admin, virtualmachineid=vm["id"], status="backedup") == ["good"]
    admin.run("deleteBackup", id=row["id"])
    assert names(admin, virtualmachineid=vm["id"]) == ["good"]
    assert names(admin, virtualmachineid=vm["id"], status="Removed") == ["no-good"]
    [gone] = admin.items("listBackups", virtualmachineid=vm["id"], status="Removed", listall="true")
    assert gone["status"] == "Removed" and gone["removed"]


def test_backups_are_found_by_provider_interval_and_date(admin, protected_vm):
    vm = protected_vm
    made = back_up(admin, vm, name="today")
    assert made["provider"] == "dummy" and made["intervaltype"] == "MANUAL" and "scheduleid" not in made
    of_vm = {"virtualmachineid": vm["id"]}
    assert names(admin, provider="dummy", **of_vm) == ["today"]
    assert names(admin, provider="veeam", **of_vm) == []
    assert names(admin, intervaltype="manual", **of_vm) == ["today"]
    assert names(admin, intervaltype="DAILY", **of_vm) == []
    created = datetime.strptime(made["created"], "%Y-%m-%dT%H:%M:%S%z").astimezone(timezone.utc)
    day, second = created.strftime("%Y-%m-%d"), created.strftime("%Y-%m-%d %H:%M:%S")
    later = (created + timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%S+0000")
    before = (created - timedelta(days=1)).strftime("%Y-%m-%d")
    assert names(admin, startdate=day, enddate=day, **of_vm) == ["today"], "a day is meant to its end"
    assert names(admin, startdate=second, enddate=second, **of_vm) == ["today"], "and a second too"
    assert names(admin, startdate=later, **of_vm) == []
    assert names(admin, enddate=before, **of_vm) == []


@pytest.mark.parametrize(
    ("parameter", "value"), [("STATUS", "Good"), ("intervaltype", "YEARLY"), ("startdate", "yesterday")]
)
def test_a_filter_that_means_nothing_is_refused(admin, parameter, value):
    error = admin.refused("listBackups", 431, **{parameter: value})
    assert parameter.lower() in error["errortext"] and value in error["errortext"]


def test_backups_are_found_by_schedule_and_foreign_schedules_do_not_exist(admin, new_user, protected_vm):
    vm = protected_vm
    back_up(admin, vm)
    schedule = admin.call(
        "createBackupSchedule", virtualmachineid=vm["id"], intervaltype="DAILY", schedule="15:02", timezone="Etc/UTC",
        maxbackups=2,
    )
    schedule = schedule.get("backupschedule", schedule)
    [schedule] = schedule if isinstance(schedule, list) else [schedule]
    assert names(admin, scheduleid=schedule["id"]) == []
    stranger = new_user()
    foreign = stranger.refused("listBackups", 431, scheduleid=schedule["id"])
    missing = stranger.refused("listBackups", 431, scheduleid=NOBODYS)
    assert foreign["errortext"].replace(schedule["id"], NOBODYS) == missing["errortext"]
    assert foreign["errorcode"] == missing["errorcode"] and foreign.get("cserrorcode") == missing.get("cserrorcode")
    admin.call("deleteBackupSchedule", id=schedule["id"])


def test_a_backup_that_is_read_is_restoring_and_not_deleted(admin, zone, protected_vm):
    vm = protected_vm
    backup = back_up(admin, vm)
    setting(admin, zone, "delay", 10)
    try:
        job = admin.call("restoreBackup", id=backup["id"])["jobid"]
        await_value(lambda: backups_of(admin, vm)[0]["status"] == "Restoring", 60, "the backup to be Restoring")
        assert admin.fails("deleteBackup", id=backup["id"]).code == 536
        assert admin.job(job)["jobstatus"] == 1
    finally:
        admin.call("resetConfiguration", name="backup.plugin.dummy.delay", zoneid=zone["id"])
    assert backups_of(admin, vm)[0]["status"] == "BackedUp"
    admin.run("deleteBackup", id=backup["id"])
    assert backups_of(admin, vm) == []
