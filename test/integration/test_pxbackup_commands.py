# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""The commands for PX-Backup over the HTTP API and CloudMonkey, against the emulator in a process of its own."""

import os

import pytest

import emulator as emulators
from client import await_value
from runners import CloudMonkey5Runner
from test_main_job import client_names, runner

SEED = {
    "clusters": [
        {
            "name": "prod",
            "timeZone": "UTC",
            "claims": [
                {"namespace": "shop", "name": "web-1-root", "size": 1 << 30, "text": "web"},
                {"namespace": "shop", "name": "db-1-root", "size": 2 << 30, "text": "db"},
            ],
            "machines": [
                {"namespace": "shop", "name": "web-1", "claims": ["web-1-root"], "phase": "running"},
                {"namespace": "shop", "name": "db-1", "claims": ["db-1-root"], "phase": "running"},
            ],
        }
    ],
    "locations": [{"name": "s3-main", "lockDays": 0}],
    "policies": [
        {"name": "nightly", "policy": {"daily": {"time": "02:00AM", "retain": 7}}},
        {"name": "quarter-hourly", "policy": {"interval": {"minutes": 15, "retain": 3}}},
    ],
}


@pytest.fixture(scope="module")
def emulator(built):
    emulators.build()
    started = emulators.PxBackupEmulator()
    yield started
    started.close()


@pytest.fixture
def seeded(emulator):
    """The emulator as at its start, with what SEED names."""
    emulator.post("reset", {})
    emulator.post("seed", SEED)
    return emulator


@pytest.fixture(scope="module")
def zone_id(server):
    """A zone of the shared server whose provider is another: the commands do not ask for it."""
    [zone] = server.admin().items("listZones", name="sim-dummy")
    return zone["id"]


@pytest.fixture
def px(admin, zone_id, seeded):
    """The administrator, with the zone connected to the emulator."""
    connect(admin, zone_id, seeded)
    yield admin
    for name in ("url", "user", "password", "auth.url", "cluster", "backup.location"):
        admin.call("resetConfiguration", zoneid=zone_id, name=f"backup.plugin.pxbackup.{name}")


def setting(admin, zone_id, name, value):
    admin.call("updateConfiguration", zoneid=zone_id, name=f"backup.plugin.pxbackup.{name}", value=value)


def connect(admin, zone_id, emulator):
    setting(admin, zone_id, "url", emulator.url)
    setting(admin, zone_id, "auth.url", emulator.url)
    setting(admin, zone_id, "user", "admin")
    setting(admin, zone_id, "password", "admin")
    setting(admin, zone_id, "cluster", "prod")
    setting(admin, zone_id, "backup.location", "s3-main")


def machine(number, name):
    """An entry of includeresources."""
    parts = {"name": name, "namespace": "shop", "group": "kubevirt.io", "kind": "VirtualMachine", "version": "v1"}
    return {f"includeresources[{number}].{part}": value for part, value in parts.items()}


def new_backup(name, *machines):
    """What starts a backup of machines."""
    entries = {}
    for number, each in enumerate(machines):
        entries.update(machine(number, each))
    return {
        "name": name,
        "backuplocationref[0].name": "s3-main",
        "clusterref[0].name": "prod",
        "namespaces": "shop",
        "backupobjecttype": "VirtualMachine",
        "labels[0].key": "env",
        "labels[0].value": "prod",
        **entries,
    }


def the_whole_life(client, zone_id, emulator):
    """Catalogue, backup, share, retry, schedule, deletion; the same through every client."""
    zone = {"zoneid": zone_id}
    [cluster] = client.run("listPxBackupClusters", **zone)["pxbackupcluster"]
    assert (cluster["name"], cluster["status"]) == ("prod", "Online")
    [location] = client.run("listPxBackupLocations", **zone)["pxbackuplocation"]
    assert (location["name"], location["status"]) == ("s3-main", "Valid")
    policies = client.run("listPxBackupSchedulePolicies", **zone)["pxbackupschedulepolicy"]
    assert sorted(each["name"] for each in policies) == ["nightly", "quarter-hourly"]

    emulator.mishap("fail-volume", target="db-1-root")
    made = client.run("createPxBackup", **zone, **new_backup("first", "web-1", "db-1"))["pxbackup"]
    one = {**zone, "name": "first", "uid": made["uid"]}

    def ended():
        [backup] = client.run("listPxBackups", **one)["pxbackup"]
        return backup if backup["status"] not in ("Pending", "InProgress") else None

    backup = await_value(ended, 60, "the backup to end", 0.5)
    assert (backup["status"], backup["labels"]["env"]) == ("PartialSuccess", "prod")
    resources = client.run("listPxBackupResources", **one)["pxbackupresource"]
    states = {each["name"]: each["status"] for each in resources if each["type"] == "Volume"}
    assert (states["web-1-root"], states["db-1-root"]) == ("Success", "Failed")

    retry = client.run("retryPxBackupResources", **one, **machine(0, "db-1"))["pxbackup"]
    assert retry["retryparentuid"] == made["uid"]
    shared = client.run(
        "updatePxBackupShare",
        **one,
        **{"backupsharegroups[0].id": "ops", "backupsharegroups[0].access": "Restorable"},
    )["pxbackup"]
    assert shared["sharegroups"] == [{"id": "ops", "access": "Restorable"}]
    changed = client.run("updatePxBackup", **one, **{"labels[0].key": "team", "labels[0].value": "shop"})["pxbackup"]
    assert changed["labels"]["team"] == "shop"

    [nightly] = [each for each in policies if each["name"] == "nightly"]
    schedule = client.run(
        "createPxBackupSchedule",
        **zone,
        **{**new_backup("every-night", "web-1"), "reclaimpolicy": "Delete"},
        **{
            "schedulepolicyref[0].name": "nightly",
            "schedulepolicyref[0].uid": nightly["uid"],
            "backuplocationref[0].uid": location["uid"],
            "clusterref[0].uid": cluster["uid"],
        },
    )["pxbackupschedule"]
    suspended = client.run(
        "updatePxBackupSchedule", **zone, name="every-night", uid=schedule["uid"], suspend="true", remark="we move"
    )["pxbackupschedule"]
    assert (suspended["suspend"], suspended["remark"]) == (True, "we move")
    [listed] = client.run("listPxBackupSchedules", **zone, keyword="night")["pxbackupschedule"]
    assert listed["schedulepolicyname"] == "nightly"
    deleted = client.run("deletePxBackupSchedule", **zone, name="every-night", uid=schedule["uid"])
    assert str(deleted["success"]).lower() == "true"

    await_value(lambda: {"Pending", "InProgress"}.isdisjoint(
        each["status"] for each in client.run("listPxBackups", **zone)["pxbackup"]), 60, "the retry to end", 0.5)
    for each in client.run("listPxBackups", **zone)["pxbackup"]:
        client.run("deletePxBackup", **zone, name=each["name"], uid=each["uid"])
    await_value(lambda: client.run("listPxBackups", **zone) == {}, 60, "the backups to be gone", 0.5)


@pytest.mark.parametrize("name", client_names())
def test_the_whole_life(name, px, server, zone_id, seeded, tmp_path):
    the_whole_life(runner(name, server, tmp_path), zone_id, seeded)


def test_the_whole_life_with_cloudmonkey_5(px, server, zone_id, seeded, tmp_path):
    binary = os.environ.get("CLOUDSTACKBACKUP_CLOUDMONKEY5")
    if not binary and not os.environ.get("CI"):
        pytest.skip("CLOUDSTACKBACKUP_CLOUDMONKEY5 names no CloudMonkey 5")
    assert binary, "with CI set, CLOUDSTACKBACKUP_CLOUDMONKEY5 must name the start script of CloudMonkey 5"
    profile = server.profile()
    client = CloudMonkey5Runner(binary, tmp_path, server.url, profile["apikey"], profile["secretkey"])
    try:
        the_whole_life(client, zone_id, seeded)
    finally:
        client.close()


def test_lists_are_paged(px, zone_id, seeded):
    seeded.post("seed", {"backups": {"count": 25, "cluster": "prod", "location": "s3-main", "prefix": "old"}})
    pages = [px.items("listPxBackups", zoneid=zone_id, page=page, pagesize=10) for page in (1, 2, 3)]
    assert [len(each) for each in pages] == [10, 10, 5]
    assert len({each["uid"] for page in pages for each in page}) == 25
    assert px.count("listPxBackups", zoneid=zone_id, page=1, pagesize=10) == 25
    assert px.count("listPxBackups", zoneid=zone_id, keyword="no such") == 0
    assert px.refused("listPxBackups", 431, zoneid=zone_id, page=2)["errortext"] == "page needs pagesize beside it"


@pytest.mark.parametrize(
    ("command", "changed", "text"),
    [
        ("createPxBackup", {"backuptype": "Full"}, 'Parameter backuptype is "Full"; allowed is one of Generic, Normal'),
        ("createPxBackup", {"clusterref[0].name": None}, "missing parameter clusterref"),
        ("createPxBackup", {"labels[0].value": None}, "each has key and value, as in labels[0].key=a labels[0].value=b"),
        ("createPxBackup", {"includeresources[0].kin": "x"}, "Parameter includeresources[0].kin is unknown"),
        ("createPxBackup", {"resourcetypes": "Pod"}, "Parameter resourcetypes must be empty for backupobjecttype"),
        ("listPxBackups", {"timerange[0].starttime": "now"}, 'is "now"; allowed is a time such as'),
        ("listPxBackups", {"sortoption[0].sortby": "Age"}, 'is "Age"; allowed is one of'),
        ("updatePxBackupShare", {}, "Give backupsharecollaborators, backupsharegroups or both"),
        ("deletePxBackup", {"name": "none"}, "not found"),
    ],
)
def test_what_is_wrong_is_named(px, zone_id, seeded, command, changed, text):
    before = seeded.names("backups")
    params = new_backup("refused", "web-1") if command == "createPxBackup" else {}
    if command == "updatePxBackupShare":
        params = {"name": "first"}
    error = px.refused(command, 431, zoneid=zone_id, **{**params, **changed})
    assert text in error["errortext"]
    assert seeded.names("backups") == before


def steps_of(admin, zone_id):
    """Status and detail of each step of the test of the connection."""
    answer = admin.call("testPxBackupConnection", zoneid=zone_id)["pxbackupconnection"]
    steps = {each["name"]: (each["status"], each["detail"]) for each in answer["step"]}
    assert answer["success"] == all(status != "Failed" for status, _ in steps.values())
    return steps


def test_the_connection_says_what_is_wrong(px, zone_id, seeded):
    assert {name: status for name, (status, _) in steps_of(px, zone_id).items()} == {
        "settings": "Ok",
        "dns": "Ok",
        "tcp": "Ok",
        "tls": "Skipped",
        "health": "Ok",
        "token": "Ok",
        "version": "Ok",
        "organisation": "Ok",
        "permission": "Ok",
        "cluster": "Ok",
        "location": "Ok",
    }
    setting(px, zone_id, "cluster", "test")
    assert steps_of(px, zone_id)["cluster"] == (
        "Failed",
        "There is no test; see setting backup.plugin.pxbackup.cluster; known are prod",
    )
    setting(px, zone_id, "password", "wrong-password")
    status, detail = steps_of(px, zone_id)["token"]
    assert status == "Failed" and "Invalid user credentials" in detail and "wrong-password" not in detail
    setting(px, zone_id, "url", "http://px-backup.invalid:10001")
    assert steps_of(px, zone_id)["dns"][0] == "Failed"
    setting(px, zone_id, "url", "http://127.0.0.1:1")
    assert steps_of(px, zone_id)["tcp"][0] == "Failed"


def test_a_zone_without_settings_is_told_which_are_missing(admin, zone_id):
    assert "backup.plugin.pxbackup.url" in admin.refused("listPxBackups", 431, zoneid=zone_id)["errortext"]
    answer = admin.call("testPxBackupConnection", zoneid=zone_id)["pxbackupconnection"]
    assert answer["success"] is False
    assert answer["step"][0]["status"] == "Failed"
    assert "backup.plugin.pxbackup.url" in answer["step"][0]["detail"]


def test_everything_is_in_list_apis(admin):
    apis = {each["name"]: each for each in admin.items("listApis") if "PxBackup" in each["name"]}
    assert len(apis) == 15
    for api in apis.values():
        assert api["description"] and api["isasync"] is False
        names = {each["name"]: each for each in api["params"]}
        assert names["zoneid"]["required"] is True and "listZones" in names["zoneid"]["related"]
        assert all(each["description"] for each in api["params"])
        assert all(each["description"] for each in api["response"])
