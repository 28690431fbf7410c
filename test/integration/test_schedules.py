# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Backup schedules: their commands, the runs of a real minute, missed runs, retention, offerings without schedules."""

from datetime import datetime, timedelta, timezone

from client import await_value
from conftest import assign, back_up, backups_of, deploy, import_offering

FIELDS = {"id", "virtualmachineid", "virtualmachinename", "schedule", "intervaltype", "timezone", "maxbackups"}


def put(client, vm, interval="hourly", schedule="15", zone="UTC", command="createBackupSchedule", **params):
    """Makes or changes a schedule and gives it."""
    return client.call(
        command, virtualmachineid=vm["id"], intervaltype=interval, schedule=schedule, timezone=zone, **params
    )["backupschedule"]


def schedules_of(client, vm):
    """The VM's schedules, newest first."""
    return client.items("listBackupSchedule", virtualmachineid=vm["id"])


def forget_schedules(client, vm):
    """Removes the VM's schedules, which would go on and disturb later tests."""
    client.call("deleteBackupSchedule", virtualmachineid=vm["id"])
    assert schedules_of(client, vm) == []


def scheduled(client, vm):
    """The VM's backups that schedules made and that are good."""
    return [
        each for each in backups_of(client, vm) if each["intervaltype"] != "MANUAL" and each["status"] == "BackedUp"
    ]


def coming_minute():
    """The next minute that leaves some time to prepare."""
    now = datetime.now(timezone.utc)
    minute = now.replace(second=0, microsecond=0) + timedelta(minutes=1)
    return minute if (minute - now).total_seconds() > 20 else minute + timedelta(minutes=1)


def runs_of(admin, each, minute):
    """All backups that the schedule made for that slot, whatever became of them."""
    since = {"scheduleid": each["id"], "startdate": f"{minute:%Y-%m-%dT%H:%M:%S+0000}", "listall": "true"}
    # One that is removed between the two calls is in both answers.
    found = admin.items("listBackups", **since) + admin.items("listBackups", status="Removed", **since)
    return list({run["id"]: run for run in found}.values())


def await_instant(instant):
    """Returns when the clock shows it."""
    await_value(lambda: datetime.now(timezone.utc) > instant, 180, f"the clock to show {instant}", 0.2)


def test_a_schedule_has_the_fields_of_the_reference(admin, protected_vm):
    made = put(admin, protected_vm, "daily", "30:2", "Europe/Berlin", maxbackups=3)
    assert FIELDS <= set(made) and set(made) <= FIELDS | {"quiescevm", "nextrun"}, made
    assert (made["intervaltype"], made["schedule"], made["timezone"]) == ("DAILY", "30:2", "Europe/Berlin")
    assert made["maxbackups"] == 3 and made["virtualmachineid"] == protected_vm["id"]
    assert made["virtualmachinename"] == protected_vm["name"]
    changed = put(admin, protected_vm, "DAILY", "45:3", command="updateBackupSchedule", quiescevm="false")
    assert changed["id"] == made["id"], "one schedule per VM and interval type"
    assert (changed["maxbackups"], changed["quiescevm"]) == (0, False), "what is left out gets its default"
    hourly = put(admin, protected_vm)
    assert [each["id"] for each in schedules_of(admin, protected_vm)] == [hourly["id"], made["id"]], "newest first"
    assert admin.items("listBackupSchedule", id=made["id"])[0]["schedule"] == "45:3"
    assert admin.call("deleteBackupSchedule", id=made["id"])["success"] in (True, "true")
    assert admin.call("deleteBackupSchedule", virtualmachineid=protected_vm["id"])["success"] in (True, "true")
    assert schedules_of(admin, protected_vm) == []
    types = [each["type"] for each in admin.items("listEvents", resourceid=protected_vm["id"])]
    assert types.count("BACKUP.SCHEDULE.CONFIGURE") == 3 and types.count("BACKUP.SCHEDULE.DELETE") == 2


def test_bad_schedules_are_refused_in_words(admin, protected_vm, nothing_changes):
    vm = protected_vm["id"]
    good = {"virtualmachineid": vm, "intervaltype": "hourly", "schedule": "15", "timezone": "UTC"}
    for name, value, words in (
        ("intervaltype", "yearly", "HOURLY, DAILY, WEEKLY, MONTHLY"),
        ("schedule", "60", "0 to 59"),
        ("schedule", "15:02", "MM"),
        ("timezone", "Mars/Olympus", "Europe/Berlin"),
        ("timezone", "GMT+5", "Europe/Berlin"),
        ("maxbackups", "-1", "maxbackups"),
    ):
        error = admin.refused("createBackupSchedule", 431, **{**good, name: value})
        assert name in error["errortext"] and words in error["errortext"], error
    admin.refused("deleteBackupSchedule", 431)
    admin.refused("deleteBackupSchedule", 431, id="b6b6e2e4-0000-4000-8000-000000000000")
    admin.fails("deleteBackupSchedule", virtualmachineid=vm)
    assert schedules_of(admin, protected_vm) == []


def test_a_vm_without_an_offering_has_no_schedule(admin, vm, offering):
    error = admin.refused(
        "createBackupSchedule", 536, virtualmachineid=vm["id"], intervaltype="hourly", schedule="1", timezone="UTC"
    )
    assert "not assigned" in error["errortext"]
    assign(admin, vm, offering)
    put(admin, vm)
    admin.run("removeVirtualMachineFromBackupOffering", virtualmachineid=vm["id"])
    assert schedules_of(admin, vm) == [], "schedules go with the protection"


def test_an_expunged_vm_leaves_no_schedule(admin, protected_vm):
    put(admin, protected_vm)
    admin.run("destroyVirtualMachine", id=protected_vm["id"], expunge="true")
    assert protected_vm["id"] not in [each["virtualmachineid"] for each in admin.items("listBackupSchedule")]


def test_tenants_see_and_touch_their_own_schedules_only(admin, zone, offering, protected_vm, new_user):
    theirs = put(admin, protected_vm)
    tenant = new_user()
    mine = deploy(tenant, zone)
    assign(tenant, mine, offering)
    own = put(tenant, mine)
    assert [each["id"] for each in tenant.items("listBackupSchedule")] == [own["id"]], "as with listall"
    assert {own["id"], theirs["id"]} <= {each["id"] for each in admin.items("listBackupSchedule")}
    for parameter in ({"id": theirs["id"]}, {"virtualmachineid": protected_vm["id"]}):
        tenant.refused("listBackupSchedule", 431, **parameter)
        tenant.refused("deleteBackupSchedule", 431, **parameter)
    assert tenant.items("listBackupSchedule", keyword=protected_vm["name"]) == []
    assert len(schedules_of(admin, protected_vm)) == 1
    forget_schedules(admin, protected_vm)
    forget_schedules(tenant, mine)


def test_an_offering_of_the_providers_own_policy_allows_no_schedule_and_no_backup(admin, zone, vm):
    policy = import_offering(admin, zone, "silver", name="sla", user_driven=False)
    try:
        assign(admin, vm, policy)
        refused = {"intervaltype": "hourly", "schedule": "1", "timezone": "UTC"}
        error = admin.refused("createBackupSchedule", 431, virtualmachineid=vm["id"], **refused)
        assert "does not allow" in error["errortext"]
        error = admin.fails("createBackup", virtualmachineid=vm["id"])
        assert "does not allow" in error.text
        assert backups_of(admin, vm) == []
        admin.run("removeVirtualMachineFromBackupOffering", virtualmachineid=vm["id"])
    finally:
        admin.call("deleteBackupOffering", id=policy["id"])


def test_users_cannot_pass_a_backup_off_as_scheduled(admin, protected_vm):
    put(admin, protected_vm)
    backup = back_up(admin, protected_vm, scheduleid=1)
    assert backup["intervaltype"] == "MANUAL"
    forget_schedules(admin, protected_vm)


def test_schedules_run_in_their_minute_are_caught_up_and_keep_their_number(admin, protected_vm, new_server):
    other = new_server(name="late")
    other.start()
    there = other.admin()
    [zone] = there.items("listZones")
    late_vm = there.items("listVirtualMachines", listall="true")[0]
    assign(there, late_vm, import_offering(there, zone, "gold"))
    there.call("updateConfiguration", name="backup.framework.schedule.tolerance", value=1)
    minute = coming_minute()
    put(there, late_vm, schedule=f"{minute:%M}")
    other.stop()
    first = put(admin, protected_vm, schedule=f"{minute:%M}", maxbackups=1)
    assert first["nextrun"].startswith(f"{minute:%Y-%m-%dT%H:%M}:00")
    put(admin, protected_vm, "weekly", f"{minute:%M}:{minute:%H}:{minute.isoweekday() % 7 + 1}")
    assert backups_of(admin, protected_vm) == []

    await_instant(minute)
    await_value(lambda: len(scheduled(admin, protected_vm)) == 2, 180, "both schedules' backups")
    made = scheduled(admin, protected_vm)
    assert {each["intervaltype"] for each in made} == {"HOURLY", "WEEKLY"}
    assert backups_of(admin, protected_vm) == made, "neither failed nor doubled"
    [job] = [
        job
        for job in admin.items("listAsyncJobs", listall="true")
        if job.get("jobinstanceid") == next(each["id"] for each in made if each["intervaltype"] == "HOURLY")
    ]
    assert job["cmd"].endswith("CreateBackupCommand") and job["jobstatus"] == 1, job

    await_instant(minute + timedelta(seconds=2))  # later than the stopped server tolerates
    other.start()
    there = other.admin()
    await_value(lambda: len(scheduled(there, late_vm)) == 1, 180, "the missed backup")
    [missed] = [each for each in there.items("listEvents", type="BACKUP.SCHEDULE.MISSED")]
    assert missed["level"] == "WARN" and "was missed 1 time" in missed["description"], missed
    other.stop()

    minute = coming_minute()
    again = put(admin, protected_vm, schedule=f"{minute:%M}", maxbackups=1)
    assert again["id"] == first["id"]
    old = next(each["id"] for each in made if each["intervaltype"] == "HOURLY")
    await_instant(minute)

    def replaced():
        hourly = [each["id"] for each in backups_of(admin, protected_vm) if each["intervaltype"] == "HOURLY"]
        return len(hourly) == 1 and hourly != [old]

    await_value(replaced, 180, "the second hourly backup, and the first one's removal")
    assert len(scheduled(admin, protected_vm)) == 2, "the weekly one stays"
    forget_schedules(admin, protected_vm)
