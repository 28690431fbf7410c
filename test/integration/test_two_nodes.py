# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Several servers on one MariaDB: what they share, what a death costs, and an outage of the database."""

import signal
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import requests

from client import Client, LoginSession, await_value
from conftest import ADMIN_PASSWORD, assign, back_up, backups_of, copy_point, import_offering
from processes import Stalls
from test_schedules import await_instant, coming_minute, put, runs_of

DEAD_AFTER = 20
SIGNS_EVERY = 5
STOPS_WITHIN = 5


class Cluster:
    """Servers over one database and one shared folder."""

    def __init__(self, new_server, url, shared):
        shared.mkdir()
        self.shared = shared
        self.make = lambda name: new_server(
            "--database-url",
            url,
            "--shared",
            shared,
            name=name,
            environment={"CLOUDSTACKBACKUP_ADMIN_PASSWORD": ADMIN_PASSWORD},
        )
        self.a, self.b = self.make("a"), self.make("b")
        # At once, as an operator's scripts do: the first start of both makes one admin and one zone.
        for server in (self.a.launch(), self.b.launch()):
            server.await_ready()
        first = next(each for each in (self.a, self.b) if (each.data / "cmk-profile.ini").exists())
        self.keys = first.profile()

    def admin(self, server):
        """The administrator, at one of the servers."""
        return Client(server.url, self.keys["apikey"], self.keys["secretkey"])

    def points(self, zone):
        """Restore points that the dummy product has."""
        return sorted(each.name for each in (self.shared / "dummy" / zone["id"] / "points").iterdir())

    def state_of(self, asked, server):
        """What one server thinks of another."""
        node = (server.data / "node-id").read_text().strip()
        [found] = self.admin(asked).items("listManagementServers", id=node)
        return found["state"]


@pytest.fixture
def cluster(own_mariadb, new_server, tmp_path):
    """Two servers, and a MariaDB of their own."""
    return Cluster(new_server, own_mariadb.database("cloud"), tmp_path / "shared")


def protected(admin):
    """The demo's zone and VMs, stopped and under the gold offering."""
    [zone] = admin.items("listZones")
    offering = import_offering(admin, zone, "gold")
    vms = admin.items("listVirtualMachines", listall="true")
    for vm in vms:
        assign(admin, vm, offering)
        if vm["state"] != "Stopped":
            admin.run("stopVirtualMachine", id=vm["id"])
    return zone, vms


def delay(admin, zone, seconds):
    """Has the product take so long for each operation."""
    admin.call("updateConfiguration", name="backup.plugin.dummy.delay", value=seconds, zoneid=zone["id"])


def submit(admin, vms, name):
    """Starts a backup of each VM and gives the jobs."""
    return [admin.call("createBackup", virtualmachineid=vm["id"], name=name)["jobid"] for vm in vms]


def assert_nothing_is_left_over(admin, vms):
    """No operation holds anything any more."""
    for vm in vms:
        [now] = admin.items("listVirtualMachines", id=vm["id"])
        assert now["state"] in ("Stopped", "Running"), now
        assert {each["status"] for each in backups_of(admin, vm)} <= {"BackedUp"}, backups_of(admin, vm)
    pending = [each for each in admin.items("listAsyncJobs", listall="true") if each["jobstatus"] == 0]
    assert pending == []


def assert_stops_in_time(server):
    """As docs/guide/server.rst promises."""
    code, took = server.timed_stop()
    assert code in (0, 143), server.output()
    assert took < STOPS_WITHIN, f"{took:.1f} s\n{server.output()}"


@pytest.mark.parametrize("state", ["away", "hanging"])
def test_a_stop_takes_no_longer_while_the_database_is_away(new_server, own_mariadb, state):
    server = new_server("--database-url", own_mariadb.database("cloud")).start()
    admin = server.admin()
    zone, vms = protected(admin)
    delay(admin, zone, 3)
    jobs = submit(admin, vms, "interrupted")
    time.sleep(1)  # so that steps of the backups meet the outage
    if state == "away":
        own_mariadb.stop()
    else:
        own_mariadb.hang()

    def ask():
        try:
            return server.admin().raw("listBackups", listall="true").status_code
        except requests.RequestException:
            return "cut off"

    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(ask) for _ in range(4)]
        time.sleep(1)  # so that the requests, the steps and the signs of life hang on the database
        assert_stops_in_time(server)
        assert {each.result() for each in waiting} <= {534, "cut off"}, [each.result() for each in waiting]

    if state == "away":
        own_mariadb.start()
    else:
        own_mariadb.resume()
    server.start()
    admin = server.admin()
    records = [admin.job(job, seconds=180) for job in jobs]
    assert [each["jobstatus"] for each in records] == [1, 1, 1], records
    for vm in vms:
        assert [each["name"] for each in backups_of(admin, vm)] == ["interrupted"]
    assert len(list((server.data / "dummy" / zone["id"] / "points").iterdir())) == 3
    assert_nothing_is_left_over(admin, vms)


def test_two_servers_share_everything(cluster):
    at_a, at_b = cluster.admin(cluster.a), cluster.admin(cluster.b)
    zone, vms = protected(at_a)
    assert len(vms) == 3, "the demo was made once, although both servers started at the same time"

    session = LoginSession(cluster.a.url)
    assert session.login("admin", ADMIN_PASSWORD).status_code == 200
    session.url = cluster.b.url
    assert session.raw("listZones").status_code == 200, "a session opened at one server is known to the other"
    assert session.raw("logout").status_code == 200
    session.url = cluster.a.url
    assert session.raw("listZones").status_code == 401, "and so is its end"

    delay(at_a, zone, 1)
    with Stalls() as stalls:
        began = time.monotonic()
        await_value(
            lambda: "1" in [
                each["value"]
                for each in at_b.items("listConfigurations", name="backup.plugin.dummy.delay", zoneid=zone["id"])
            ],
            120,
            "a setting changed at one server to be seen at the other",
        )
        took = time.monotonic() - began
    assert took - stalls.seconds < 5, f"the setting was seen after {took:.1f} s"

    jobs = submit(at_a, vms, "shared")
    seen = [at_b.job(job) for job in jobs]
    assert [each["jobstatus"] for each in seen] == [1, 1, 1], seen
    assert all(each["managementservername"] for each in seen), seen
    assert len(cluster.points(zone)) == 3
    assert at_a.count("listBackups", listall="true") == at_b.count("listBackups", listall="true") == 3
    for vm in vms:
        at_b.run("restoreBackup", id=backups_of(at_a, vm)[0]["id"])

    servers = at_a.items("listManagementServers")
    assert [each["state"] for each in servers] == ["Up", "Up"], servers
    assert {each["serviceport"] for each in servers} == {cluster.a.port, cluster.b.port}
    assert all(each["version"] and each["lastserverstart"] for each in servers), servers


def test_a_killed_server_loses_nothing_and_doubles_nothing(cluster):
    at_a, at_b = cluster.admin(cluster.a), cluster.admin(cluster.b)
    zone, vms = protected(at_a)
    delay(at_a, zone, 3)
    jobs = submit(at_a, vms, "interrupted")
    time.sleep(1)  # into the product's three seconds, so that the end comes in the middle
    cluster.a.stop(signal.SIGKILL)
    records = [at_b.job(job, seconds=180) for job in jobs]
    assert [each["jobstatus"] for each in records] == [1, 1, 1], records
    for vm in vms:
        assert [each["name"] for each in backups_of(at_b, vm)] == ["interrupted"]
    assert len(cluster.points(zone)) == 3
    assert_nothing_is_left_over(at_b, vms)
    await_value(lambda: cluster.state_of(cluster.b, cluster.a) == "Down", DEAD_AFTER + 10, "the dead server to be Down")
    assert cluster.state_of(cluster.b, cluster.b) == "Up"

    cluster.a.start()
    await_value(lambda: cluster.state_of(cluster.b, cluster.a) == "Up", 120, "the server to be Up again")
    assert len(cluster.points(zone)) == 3
    delay(at_b, zone, 0)
    assert cluster.admin(cluster.a).run("restoreBackup", id=backups_of(at_b, vms[0])[0]["id"]) == {"success": True}


def test_a_server_that_is_stopped_hands_its_work_over(cluster):
    at_a, at_b = cluster.admin(cluster.a), cluster.admin(cluster.b)
    zone, vms = protected(at_a)
    delay(at_a, zone, 3)
    jobs = submit(at_a, vms, "handed-over")
    cluster.a.stop(signal.SIGTERM)
    with Stalls() as stalls:
        ended = time.monotonic()
        assert cluster.state_of(cluster.b, cluster.a) == "Down", "the server said that it stops"
        records = [at_b.job(job) for job in jobs]
        took = time.monotonic() - ended
    assert [each["jobstatus"] for each in records] == [1, 1, 1], records
    # Its last sign of life came at the most so long before its end.
    assert took - stalls.seconds < DEAD_AFTER - SIGNS_EVERY, "the other server waited until this one counted as dead"
    assert len(cluster.points(zone)) == 3


def test_one_server_at_a_time_compares_and_another_takes_over(cluster):
    at_a, at_b = cluster.admin(cluster.a), cluster.admin(cluster.b)
    zone, [vm, *_] = protected(at_a)
    own = back_up(at_a, vm)
    at_a.call("updateConfiguration", name="backup.framework.sync.interval", value=1)

    def comparison():
        return at_b.items("listBackupSyncs", zoneid=zone["id"], provider="dummy")[0]

    def adopted(copies):
        found = [each["externalid"] for each in backups_of(at_b, vm)]
        assert len(found) == len(set(found)), f"two servers adopted one restore point: {found}"
        return set(copies) <= set(found)

    copies = [copy_point(cluster.shared, own["externalid"])]
    await_value(lambda: adopted(copies), 60, "the restore point made outside to appear")

    cluster.a.stop(signal.SIGKILL)
    dead = comparison().get("ended")
    copies.append(copy_point(cluster.shared, copies[0]))
    await_value(lambda: adopted(copies), 90, "the server that is left to compare")
    await_value(lambda: comparison().get("ended") not in (None, dead), 60, "one more comparison to end")
    assert comparison()["outcome"] == "Complete", comparison()
    events = at_b.items("listEvents", type="BACKUP.CREATE", listall="true")
    assert len([each for each in events if "made outside" in each["description"]]) == 2, events
    assert len(backups_of(at_b, vm)) == 3 and len(cluster.points(zone)) == 3


def test_a_slot_makes_one_backup_whichever_server_dies_and_whenever_the_database_is_away(cluster, own_mariadb):
    at_a, at_b = cluster.admin(cluster.a), cluster.admin(cluster.b)
    zone, vms = protected(at_a)
    delay(at_a, zone, 2)
    at_a.call("updateConfiguration", name="backup.framework.schedule.poll.interval", value=1)

    def come(admin, minute):
        return [put(admin, vm, schedule=f"{minute:%M}") for vm in vms]

    def assert_one_each(admin, schedules, minute):
        def runs():
            return [runs_of(admin, each, minute) for each in schedules]

        await_value(
            lambda: all(found and {run["status"] for run in found} == {"BackedUp"} for found in runs()),
            120,
            lambda: f"one good backup of each schedule: {runs()}",
        )
        assert [len(found) for found in runs()] == [1] * len(vms), runs()

    minute = coming_minute()
    schedules = come(at_a, minute)
    await_instant(minute + timedelta(seconds=2))  # queued, and begun or about to
    cluster.a.stop(signal.SIGKILL)
    assert_one_each(at_b, schedules, minute)

    cluster.a.start()
    minute = coming_minute()
    schedules = come(cluster.admin(cluster.a), minute)
    await_instant(minute - timedelta(seconds=1))
    own_mariadb.stop()
    await_instant(minute + timedelta(seconds=DEAD_AFTER))
    own_mariadb.start()
    for server in (cluster.a, cluster.b):
        await_value(lambda s=server: s.get("/readyz").status_code == 200, 120, "/readyz to answer 200 again")
    assert_one_each(at_b, schedules, minute)
    assert len(cluster.points(zone)) == 2 * len(vms)
    assert_nothing_is_left_over(at_b, vms)


def test_a_project_is_one_and_the_same_at_every_server(cluster):
    at_a, at_b = cluster.admin(cluster.a), cluster.admin(cluster.b)
    project = at_a.run("createProject", name="shop", displaytext="Shop")["project"]
    assert [each["name"] for each in at_b.items("listProjects", listall="true")] == ["shop"]
    zone, [vm, *_] = protected(at_a)
    offering = at_b.items("listServiceOfferings")[0]["id"]
    template = at_b.items("listTemplates", templatefilter="all")[0]["id"]
    machine = at_b.run(
        "deployVirtualMachine",
        zoneid=zone["id"],
        serviceofferingid=offering,
        templateid=template,
        projectid=project["id"],
        startvm="false",
    )["virtualmachine"]
    assign(at_a, machine, import_offering(at_a, zone, "silver"))
    back_up(at_b, machine)
    at_a.call("updateResourceLimit", projectid=project["id"], resourcetype="12", max="1")
    assert at_b.fails("createBackup", virtualmachineid=machine["id"]).code == 535, "the limit set at one server"
    at_b.run("suspendProject", id=project["id"])
    assert at_a.items("listProjects", id=project["id"])[0]["state"] == "Suspended"


def test_an_outage_of_the_database_is_told_and_survived(cluster, own_mariadb):
    at_a, at_b = cluster.admin(cluster.a), cluster.admin(cluster.b)
    zone, vms = protected(at_a)
    delay(at_a, zone, 4)
    session = LoginSession(cluster.a.url)
    session.login("admin", ADMIN_PASSWORD)
    jobs = submit(at_a, vms[:2], "during") + submit(at_b, vms[2:], "during")
    time.sleep(1)  # so that steps of the backups meet the outage

    own_mariadb.stop()
    ends = time.monotonic() + DEAD_AFTER
    told = 0
    while time.monotonic() < ends:
        for server in (cluster.a, cluster.b):
            with Stalls() as stalls:
                began = time.monotonic()
                reply = cluster.admin(server).raw("listBackups", listall="true")
                took = time.monotonic() - began
            assert took - stalls.seconds < 15, "an answer does not wait for the end of the outage"
            assert reply.status_code == 534, f"{reply.status_code} {reply.text}"
            [(_, error)] = reply.json().items()
            assert "database" in error["errortext"] and error["cserrorcode"] == 4380, error
            assert "jdbc" not in error["errortext"].lower()
            assert server.get("/readyz").status_code == 503
            assert server.get("/healthz").status_code == 200
            told += 1
    assert told >= 2
    assert_stops_in_time(cluster.b)
    assert session.raw("listZones").status_code == 534, "not logged out by an outage"
    reply = requests.post(
        cluster.a.url,
        data={"command": "login", "username": "admin", "password": ADMIN_PASSWORD, "response": "json"},
        timeout=120,
    )
    assert reply.status_code == 534, reply.text
    own_mariadb.start()
    cluster.b.start()

    for server in (cluster.a, cluster.b):
        await_value(lambda s=server: s.get("/readyz").status_code == 200, 120, "/readyz to answer 200 again")
        assert server.process.poll() is None
    assert session.raw("listZones").status_code == 200
    at_b = cluster.admin(cluster.b)
    records = [at_b.job(job, seconds=180) for job in jobs]
    assert [each["jobstatus"] for each in records] == [1, 1, 1], records
    for vm in vms:
        assert [each["name"] for each in backups_of(at_b, vm)] == ["during"]
    assert len(cluster.points(zone)) == 3
    assert_nothing_is_left_over(at_b, vms)
    for server in (cluster.a, cluster.b):
        await_value(lambda s=server: cluster.state_of(cluster.a, s) == "Up", 120, "signs of life to arrive again")

    delay(at_b, zone, 0)
    assert [at_a.job(job)["jobstatus"] for job in submit(at_b, vms, "after")] == [1, 1, 1]
    assert len(cluster.points(zone)) == 6


def test_a_shared_folder_that_is_not_mounted_ends_the_start(new_server, tmp_path):
    server = new_server("--shared", tmp_path / "not-mounted")
    with pytest.raises(AssertionError, match="not-mounted"):
        server.start()
