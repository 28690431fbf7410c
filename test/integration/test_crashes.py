# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Kills the server at random moments under mixed work; afterwards everything has come to a true end.

CLOUDSTACKBACKUP_TEST_KILLS sets how often (4 by default), CLOUDSTACKBACKUP_TEST_SEED the random numbers.
"""

import os
import random
import signal
import threading
import time
from datetime import datetime, timedelta, timezone

import pytest
import requests

from client import ApiError, await_value
from conftest import assign, back_up, backups_of, deploy, import_offering, volumes_of
from test_schedules import await_instant, coming_minute, put, runs_of

KILLS = int(os.environ.get("CLOUDSTACKBACKUP_TEST_KILLS", "4"))
SEED = int(os.environ.get("CLOUDSTACKBACKUP_TEST_SEED", "0")) or random.SystemRandom().randrange(1, 10**9)
CLIENTS = 3


class Mix:
    """Calls of every kind of operation, from several clients at once, until the server is gone."""

    def __init__(self, server, zone, vms, spare, randomness):
        self.server, self.zone, self.vms, self.spare = server, zone, vms, spare
        self.randomness = randomness
        self.jobs = []
        self.stop = threading.Event()
        self.surprises = []

    def run(self):
        """Starts the clients; they end when told or when nobody answers."""
        threads = [
            threading.Thread(target=self._client, args=(random.Random(self.randomness.random()),), daemon=True)
            for _ in range(CLIENTS)
        ]
        for thread in threads:
            thread.start()
        return threads

    def _client(self, dice):
        admin = self.server.admin()
        while not self.stop.is_set():
            try:
                answer = self._one(admin, dice)
                if answer and "jobid" in answer:
                    self.jobs.append(answer["jobid"])
            except ApiError as refusal:
                # Busy VMs and backups are refused; anything else would be a defect.
                if refusal.code not in (431, 535, 536):
                    self.surprises.append(str(refusal))
            except requests.RequestException:
                return
            except ValueError as broken:
                # The server died while it answered.
                if not self.stop.is_set():
                    self.surprises.append(repr(broken))
                return

    def _one(self, admin, dice):
        vm = dice.choice(self.vms)
        good = admin.items("listBackups", virtualmachineid=vm["id"], status="BackedUp", listall="true")
        kind = dice.choice(("create", "create", "restore", "volume", "new", "delete"))
        if kind == "create" or not good:
            return admin.call("createBackup", virtualmachineid=vm["id"])
        backup = dice.choice(good)
        if kind == "restore":
            return admin.call("restoreBackup", id=backup["id"])
        if kind == "volume":
            return admin.call(
                "restoreVolumeFromBackupAndAttachToVM",
                backupid=backup["id"],
                volumeid=dice.choice(volumes_of(admin, vm))["id"],
                virtualmachineid=self.spare["id"],
            )
        if kind == "new":
            return admin.call("createVMFromBackup", backupid=backup["id"], startvm="false", name=f"n{dice.random()}"[2:])
        return admin.call("deleteBackup", id=backup["id"])


def schedule(admin, vms, minute):
    """Has schedules of each VM come in that minute, two of them for one VM; they keep one backup each."""
    hourly = [put(admin, vm, schedule=f"{minute:%M}", maxbackups=1) for vm in vms]
    return [*hourly, put(admin, vms[0], "daily", f"{minute:%M}:{minute:%H}", maxbackups=1)]


def assert_schedules_went_on(server, schedules, minute):
    """Each made one backup for the slot, which ended as a good one, and waits for its next slot."""
    admin = server.admin()

    def open_runs():
        found = [(each["id"], [run["status"] for run in runs_of(admin, each, minute)]) for each in schedules]
        return [row for row in found if not row[1] or not set(row[1]) <= {"BackedUp", "Failed", "Error", "Removed"}]

    await_value(lambda: not open_runs(), 120, lambda: f"scheduled backups to end: {open_runs()}\n{server.output()}")
    now = datetime.now(timezone.utc)
    for each in schedules:
        runs = runs_of(admin, each, minute)
        assert len(runs) == 1, f"one backup for one slot: {runs}"
        # Removed: a client of the mix deleted it, or the next one of the schedule took its place.
        assert runs[0]["status"] in ("BackedUp", "Removed"), runs
        [shown] = admin.items("listBackupSchedule", id=each["id"])
        assert datetime.strptime(shown["nextrun"], "%Y-%m-%dT%H:%M:%S%z") > now, shown

    def kept():
        return [len(admin.items("listBackups", scheduleid=each["id"], status="BackedUp")) for each in schedules]

    await_value(lambda: max(kept()) <= 1, 120, lambda: f"the number to keep to be kept: {kept()}\n{server.output()}")


def points_of(server, zone):
    """Restore points that the product has."""
    folder = server.data / "dummy" / zone["id"] / "points"
    return {each.name for each in folder.iterdir()}


def assert_everything_ended(server, zone, jobs):
    """Every job told its end, nothing is held, and the product has just what the rows say."""
    admin = server.admin()
    ends = [admin.job(job, seconds=120) for job in jobs]
    for record in ends:
        if record["jobstatus"] == 2:
            assert record["jobresult"]["errortext"], record
            assert record["jobresult"]["errorcode"] in (431, 536), (
                f"a refusal, no consequence of the kill: {record}\n{server.output()}"
            )
    await_value(
        lambda: not [each for each in admin.items("listAsyncJobs", listall="true") if each["jobstatus"] == 0],
        120,
        "every job to end",
    )
    # Rows whose request died before it had a job are told apart from work by being Allocated; see failForgotten.
    rows = [each for each in admin.items("listBackups", listall="true") if each["status"] != "Allocated"]
    assert {each["status"] for each in rows} <= {"BackedUp", "Failed"}, [
        each for each in rows if each["status"] not in ("BackedUp", "Failed")
    ]
    assert all(each.get("failurereason") for each in rows if each["status"] == "Failed"), rows
    kept = [each["externalid"] for each in rows if each["status"] == "BackedUp"]
    assert len(kept) == len(set(kept)), "no restore point has two rows"
    assert set(kept) == points_of(server, zone), "a row for each restore point, and the other way round"
    machines = admin.items("listVirtualMachines", listall="true")
    assert {each["state"] for each in machines} <= {"Stopped", "Running"}, machines
    volumes = admin.items("listVolumes", listall="true")
    assert {each["state"] for each in volumes} <= {"Ready"}, volumes
    for volume in volumes:
        assert (server.data / "simulator" / "volumes" / volume["path"]).exists(), volume
    left = [each.name for each in (server.data / "dummy" / zone["id"] / "operations" / "open").glob("*")]
    assert left == [], "the product has nothing to do"
    return ends


def test_nothing_is_lost_or_doubled_when_the_server_is_killed(new_server):
    print(f"seed {SEED}, {KILLS} kills")
    randomness = random.Random(SEED)
    server = new_server().start()
    admin = server.admin()
    [zone] = admin.items("listZones")
    offering = import_offering(admin, zone, "gold")
    vms = [deploy(admin, zone) for _ in range(3)]
    spare = deploy(admin, zone)
    for vm in vms:
        assign(admin, vm, offering)
        back_up(admin, vm)
    admin.call("updateConfiguration", name="backup.plugin.dummy.delay", value=1, zoneid=zone["id"])
    succeeded = 0
    for kill in range(KILLS):
        minute = coming_minute()
        schedules = schedule(server.admin(), vms, minute)
        await_instant(minute - timedelta(seconds=2))
        mix = Mix(server, zone, vms, spare, randomness)
        threads = mix.run()
        # The moment of death is what is tried: before the slot, while its backups are queued, or while they run.
        time.sleep(randomness.uniform(0.3, 12))
        server.stop(signal.SIGKILL)
        mix.stop.set()
        for thread in threads:
            thread.join(60)
        server.start()
        assert not mix.surprises, mix.surprises[:3]
        assert_schedules_went_on(server, schedules, minute)
        ends = assert_everything_ended(server, zone, mix.jobs)
        succeeded += sum(1 for each in ends if each["jobstatus"] == 1)
        print(f"kill {kill + 1}: {len(ends)} jobs, {sum(1 for each in ends if each['jobstatus'] == 2)} refused")
    assert succeeded > KILLS, "the mix did some work"
    minute = coming_minute()
    schedules = schedule(server.admin(), vms, minute)
    await_instant(minute)
    assert_schedules_went_on(server, schedules, minute)  # without a kill: none of them is stuck


@pytest.mark.parametrize("kind", ["create", "delete", "restore"])
def test_a_kill_in_the_middle_of_one_operation(new_server, kind):
    server = new_server().start()
    admin = server.admin()
    [zone] = admin.items("listZones")
    vm = deploy(admin, zone)
    assign(admin, vm, import_offering(admin, zone, "gold"))
    backup = back_up(admin, vm)
    admin.call("updateConfiguration", name="backup.plugin.dummy.delay", value=12, zoneid=zone["id"])
    commands = {
        "create": lambda: admin.call("createBackup", virtualmachineid=vm["id"], name="second"),
        "delete": lambda: admin.call("deleteBackup", id=backup["id"]),
        "restore": lambda: admin.call("restoreBackup", id=backup["id"]),
    }
    job = commands[kind]()["jobid"]
    busy = {"create": "BackingUp", "delete": "BackedUp", "restore": "Restoring"}[kind]
    await_value(lambda: busy in [each["status"] for each in backups_of(admin, vm)], 60, f"a backup to be {busy}")
    if kind == "restore":
        assert admin.fails("deleteBackup", id=backup["id"]).code == 536, "a backup that is read is not deleted"
        assert admin.items("listVirtualMachines", id=vm["id"])[0]["state"] == "Restoring"
    running = await_value(
        lambda: next(
            (
                each
                for each in [admin.call("queryAsyncJobResult", jobid=job)]
                if each.get("jobprocmessage") and each["jobprocstatus"] > 0
            ),
            None,
        ),
        60,
        "progress and the provider's message",
    )
    assert running["jobstatus"] == 0 and 0 < running["jobprocstatus"] < 100, running
    server.stop(signal.SIGKILL)
    server.start()
    [end] = assert_everything_ended(server, zone, [job])
    assert end["jobstatus"] == 1, end
    left = {"create": 2, "delete": 0, "restore": 1}[kind]
    assert [each["status"] for each in backups_of(server.admin(), vm)] == ["BackedUp"] * left
