# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""The main job with provider pxbackup, in the demo zone on the emulator of PX-Backup, which is a process of its own."""

import os
import signal

import pytest

import emulator as emulators
from client import await_value
from runners import CloudMonkey5Runner
from test_main_job import client_names, runner

ZONE = "sim-pxbackup"


@pytest.fixture
def emulator(built):
    emulators.build()
    started = emulators.PxBackupEmulator()
    yield started
    started.close()


@pytest.fixture
def px_server(emulator, new_server):
    """A server with the demo zone on the emulator."""
    return new_server("--demo-px-backup", emulator.url, emulator.admin).start()


def volumes_of(client, vm):
    """The volumes of a VM by device."""
    found = client.run("listVolumes", virtualmachineid=vm, listall="true")["volume"]
    return sorted(found, key=lambda volume: volume["deviceid"])


def path_of(volume):
    """The claim behind a volume that the demo made."""
    return f"{emulators.NAMESPACE}/vol-{volume['id']}"


def protected(client, name="sim-pxbackup-vm-2"):
    """The zone's first policy imported, and a VM under it."""
    [zone] = client.run("listZones", name=ZONE)["zone"]
    policies = client.run("listBackupProviderOfferings", zoneid=zone["id"])["backupoffering"]
    gold = next(policy for policy in policies if "gold-daily" in str(policy))
    offering = client.run(
        "importBackupOffering",
        name="gold",
        description="from PX-Backup",
        externalid=gold.get("externalid") or gold["id"],
        zoneid=zone["id"],
        allowuserdrivenbackups="true",
    )["backupoffering"]
    assert offering["provider"] == "pxbackup"
    machines = client.run("listVirtualMachines", zoneid=zone["id"], listall="true")["virtualmachine"]
    assert len(machines) == 3
    vm = next(each["id"] for each in machines if each["name"] == name)
    result = client.run("assignVirtualMachineToBackupOffering", virtualmachineid=vm, backupofferingid=offering["id"])
    assert result["success"] is True
    return zone, offering, machines, vm


def main_job(client, emulator):
    zone, offering, machines, vm = protected(client)
    assert "pxbackup" in [each["name"] for each in client.run("listBackupProviders")["providers"]]
    assert len(emulator.names("backup_schedules")) == 1, "the VM has a schedule at the product"
    volumes = volumes_of(client, vm)
    assert len(volumes) == 2
    for volume in volumes:
        emulator.write(path_of(volume), f"saved {volume['deviceid']}")

    assert client.run("createBackup", virtualmachineid=vm, name="first")["success"] is True
    [backup] = client.run("listBackups", virtualmachineid=vm)["backup"]
    assert (backup["status"], backup["name"], backup["zone"]) == ("BackedUp", "first", ZONE)
    assert int(backup["virtualsize"]) == sum(volume["size"] for volume in volumes)

    for volume in volumes:
        emulator.write(path_of(volume), "overwritten")
    client.run("stopVirtualMachine", id=vm)
    assert client.run("restoreBackup", id=backup["id"])["success"] is True
    assert [emulator.text(path_of(volume)) for volume in volumes] == ["saved 0", "saved 1"]
    await_value(lambda: len(emulator.names("backups")) == 1, 120, "the copy made for the restore to be deleted")

    emulator.write(path_of(volumes[1]), "overwritten again")
    other = next(each["id"] for each in machines if each["id"] != vm)
    known = {volume["id"] for volume in volumes_of(client, other)}
    result = client.run(
        "restoreVolumeFromBackupAndAttachToVM",
        backupid=backup["id"],
        volumeid=volumes[1]["id"],
        virtualmachineid=other,
    )
    assert result["success"] is True
    [restored] = [volume for volume in volumes_of(client, other) if volume["id"] not in known]
    [record] = [name for name in emulator.names("restores") if name.startswith("acs-volume-")]
    assert restored["id"].replace("-", "").startswith(record.removeprefix("acs-volume-"))
    assert emulator.text(f"{record}/vol-{volumes[1]['id']}") == "saved 1", "the restored volume holds what was backed up"
    assert emulator.text(path_of(volumes[1])) == "overwritten again", "its original is left alone"

    assert client.run("deleteBackup", id=backup["id"])["success"] is True
    assert client.run("listBackups", virtualmachineid=vm) == {}
    assert emulator.names("backups") == []
    assert client.run("removeVirtualMachineFromBackupOffering", virtualmachineid=vm)["success"] is True
    await_value(lambda: emulator.names("backup_schedules") == [], 120, "the schedule to be deleted at the product")
    assert client.run("deleteBackupOffering", id=offering["id"])["success"] is True


@pytest.mark.parametrize("name", client_names())
def test_main_job(name, px_server, emulator, tmp_path):
    main_job(runner(name, px_server, tmp_path), emulator)


def test_main_job_with_cloudmonkey_5(px_server, emulator, tmp_path):
    binary = os.environ.get("CLOUDSTACKBACKUP_CLOUDMONKEY5")
    if not binary and not os.environ.get("CI"):
        pytest.skip("CLOUDSTACKBACKUP_CLOUDMONKEY5 names no CloudMonkey 5")
    assert binary, "with CI set, CLOUDSTACKBACKUP_CLOUDMONKEY5 must name the start script of CloudMonkey 5"
    profile = px_server.profile()
    client = CloudMonkey5Runner(binary, tmp_path, px_server.url, profile["apikey"], profile["secretkey"])
    try:
        main_job(client, emulator)
    finally:
        client.close()


def test_a_new_vm_from_a_backup_is_a_machine_of_its_own(px_server, emulator):
    admin = px_server.admin()
    zone, offering, _, vm = protected(admin)
    volumes = volumes_of(admin, vm)
    for volume in volumes:
        emulator.write(path_of(volume), f"saved {volume['deviceid']}")
    admin.run("createBackup", virtualmachineid=vm, name="first")
    [backup] = admin.items("listBackups", virtualmachineid=vm)
    for volume in volumes:
        emulator.write(path_of(volume), "overwritten")

    made = admin.run("createVMFromBackup", backupid=backup["id"], zoneid=zone["id"], name="twin")["virtualmachine"]["id"]

    namespace = f"acs-vm-{made.replace('-', '')[:12]}"
    claims = [f"{namespace}/vol-{volume['id']}" for volume in volumes]
    assert [emulator.text(claim) for claim in claims] == ["saved 0", "saved 1"]
    assert [emulator.text(path_of(volume)) for volume in volumes] == ["overwritten", "overwritten"]
    [twin] = admin.items("listVirtualMachines", id=made)
    assert twin["details"]["kubevirt.namespace"] == namespace
    assert twin["details"]["kubevirt.name"] == "sim-pxbackup-vm-2"
    for volume in volumes_of(admin, made):
        with pytest.raises(AssertionError, match="there is no claim"):
            emulator.text(path_of(volume))

    admin.run("assignVirtualMachineToBackupOffering", virtualmachineid=made, backupofferingid=offering["id"])
    admin.run("createBackup", virtualmachineid=made, name="of the twin")
    [own] = admin.items("listBackups", virtualmachineid=made)
    assert own["status"] == "BackedUp"
    emulator.write(claims[1], "overwritten")
    admin.run("stopVirtualMachine", id=made)
    assert admin.run("restoreBackup", id=own["id"])["success"] is True
    assert emulator.text(claims[1]) == "saved 1"


def test_a_backup_with_nothing_in_it_fails_with_that_reason(px_server, emulator):
    admin = px_server.admin()
    _, _, _, vm = protected(admin)
    emulator.mishap("silent-empty")
    failure = admin.fails("createBackup", virtualmachineid=vm, name="hollow")
    assert "is not in it" in failure.text and "sim-pxbackup-vm-2" in failure.text
    [backup] = admin.items("listBackups", virtualmachineid=vm)
    assert backup["status"] in ("Failed", "Error")
    admin.run("createBackup", virtualmachineid=vm, name="whole")
    assert {each["name"]: each["status"] for each in admin.items("listBackups", virtualmachineid=vm)}["whole"] == "BackedUp"


def test_a_scheduled_backup_that_lacks_a_volume_is_an_error_that_people_see(px_server, emulator):
    admin = px_server.admin()
    zone, _, _, vm = protected(admin)
    data = volumes_of(admin, vm)[1]
    emulator.mishap("silent-left-out", target=f"vol-{data['id']}")
    emulator.post("clock", {"factor": 0, "advance": "P1D"})
    admin.run("syncBackups", zoneid=zone["id"])

    def comparison():
        [only] = [each for each in admin.items("listBackupSyncs", zoneid=zone["id"]) if each["provider"] == "pxbackup"]
        return only

    def listings():
        return sum(each["path"].endswith("/v1/backup/default/enumerate") for each in emulator.get("journal")["entries"])

    [backup] = await_value(
        lambda: admin.items("listBackups", virtualmachineid=vm) or None,
        60,
        lambda: (
            f"the backup of the schedule; the product has {emulator.names('backups')}, the comparison is"
            f" {comparison()}, and the server said:\n{px_server.output()}"
        ),
    )
    assert backup["status"] == "Error"
    assert "lacks 1 of 2 volumes" in backup["failurereason"] and data["id"] in backup["failurereason"]
    assert admin.items("listBackups", virtualmachineid=vm, status="Error") == [backup]
    assert admin.items("listBackups", virtualmachineid=vm, status="BackedUp") == []
    [alert] = admin.items("listAlerts", name="ALERT.BACKUP.FAILED", resolved="false")
    assert "lacks 1 of 2 volumes" in alert["description"]
    told = [each for each in admin.items("listEvents", type="BACKUP.CREATE") if each["level"] == "ERROR"]
    assert len(told) == 1 and "lacks 1 of 2 volumes" in told[0]["description"]
    admin.run("stopVirtualMachine", id=vm)
    assert "Error" in admin.fails("restoreBackup", id=backup["id"]).text

    # By the product's own count: the times of comparisons are told in whole seconds, in which two may end.
    asked = listings()
    admin.run("syncBackups", zoneid=zone["id"])
    await_value(lambda: listings() > asked and not comparison()["running"], 60, "the next comparison")
    assert [each["id"] for each in admin.items("listBackups", virtualmachineid=vm)] == [backup["id"]]
    emulator.post("clock", {"factor": 30})
    assert admin.run("deleteBackup", id=backup["id"])["success"] is True
    assert emulator.names("backups") == []


def test_a_killed_server_goes_on_with_the_backup_and_the_restore(px_server, emulator):
    admin = px_server.admin()
    _, _, _, vm = protected(admin)
    [root, data] = volumes_of(admin, vm)
    for volume in (root, data):
        emulator.write(path_of(volume), "saved")
    emulator.post("clock", {"factor": 0})
    job = admin.call("createBackup", virtualmachineid=vm, name="first")["jobid"]
    await_value(lambda: len(emulator.names("backups")) == 1, 120, "the backup to begin")
    kill_and_start(px_server)
    emulator.post("clock", {"factor": 30})
    admin = px_server.admin()
    assert admin.job(job)["jobstatus"] == 1
    [backup] = admin.items("listBackups", virtualmachineid=vm)
    assert (backup["status"], len(emulator.names("backups"))) == ("BackedUp", 1)

    emulator.write(path_of(data), "overwritten")
    admin.run("stopVirtualMachine", id=vm)
    emulator.post("clock", {"factor": 0})
    job = admin.call("restoreBackup", id=backup["id"])["jobid"]
    await_value(lambda: len(emulator.names("backups")) == 2, 120, "the copy before the restore to begin")
    kill_and_start(px_server)
    emulator.post("clock", {"factor": 30})
    admin = px_server.admin()
    assert admin.job(job)["jobstatus"] == 1
    assert emulator.text(path_of(data)) == "saved"
    assert len(emulator.names("restores")) == 1


def kill_and_start(server):
    """As after a power failure of the server; the product goes on."""
    server.stop(signal.SIGKILL)
    server.start()


def test_an_emulator_that_is_away_keeps_the_server_from_starting_with_a_word(new_server):
    server = new_server("--demo-px-backup", "http://127.0.0.1:1", "http://127.0.0.1:1")
    with pytest.raises(AssertionError, match="--demo-px-backup: The emulator did not answer"):
        server.start()
