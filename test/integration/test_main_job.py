# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""The main job through real clients: import, assign, back up, list, restore, restore one volume, delete."""

import hashlib
import os

import pytest

from runners import CloudMonkey5Runner, CmkRunner, CsRunner


def client_names():
    """cs always; CloudMonkey when its binary is named."""
    return ["cs", "cmk"] if os.environ.get("CLOUDSTACKBACKUP_CMK") else ["cs"]


def runner(name, server, home):
    """A client of that name with the administrator's profile."""
    profile = server.profile()
    access = (server.url, profile["apikey"], profile["secretkey"])
    if name == "cmk":
        return CmkRunner(os.environ["CLOUDSTACKBACKUP_CMK"], home, *access)
    return CsRunner(*access)


def sha256(path):
    """Hash of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def scribble(path):
    """Changes a volume's content but not its size."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.write(os.urandom(min(size, 65536)))
    assert path.stat().st_size == size


def main_job(client, server):
    """The whole story; ends with the zone as it began, but for one more volume."""
    [zone] = client.run("listZones", name="sim-dummy")["zone"]
    providers = client.run("listBackupProviders")["providers"]
    assert "dummy" in [provider["name"] for provider in providers]

    policies = client.run("listBackupProviderOfferings", zoneid=zone["id"])["backupoffering"]
    gold = next(policy for policy in policies if "gold" in str(policy).lower())
    offering = client.run(
        "importBackupOffering",
        name="gold",
        description="nightly gold",
        externalid=gold.get("externalid") or gold["id"],
        zoneid=zone["id"],
        allowuserdrivenbackups="true",
    )["backupoffering"]
    assert offering["provider"] == "dummy"
    assert [each["id"] for each in client.run("listBackupOfferings")["backupoffering"]] == [offering["id"]]

    machines = client.run("listVirtualMachines", zoneid=zone["id"], listall="true")
    assert machines["count"] == 3, f"the demo has three VMs: {machines}"
    volumes = {
        vm["id"]: sorted(
            client.run("listVolumes", virtualmachineid=vm["id"], listall="true")["volume"],
            key=lambda volume: volume["deviceid"],
        )
        for vm in machines["virtualmachine"]
    }
    assert sorted(map(len, volumes.values())) == [1, 2, 3]
    source = max(volumes, key=lambda vm: len(volumes[vm]))
    target = min(volumes, key=lambda vm: len(volumes[vm]))

    result = client.run(
        "assignVirtualMachineToBackupOffering", virtualmachineid=source, backupofferingid=offering["id"]
    )
    assert result["success"] is True
    client.run("stopVirtualMachine", id=source)

    files = [server.volume_file(volume["id"]) for volume in volumes[source]]
    assert all(file.is_file() for file in files), f"simulated volumes are files, missing one of {files}"
    for file in files:
        scribble(file)
    saved = [sha256(file) for file in files]
    assert client.run("createBackup", virtualmachineid=source, name="first")["success"] is True

    listed = client.run("listBackups", virtualmachineid=source)
    assert listed["count"] == 1
    [backup] = listed["backup"]
    assert (backup["status"], backup["name"], backup["virtualmachineid"]) == ("BackedUp", "first", source)

    for file in files:
        scribble(file)
    assert [sha256(file) for file in files] != saved
    assert client.run("restoreBackup", id=backup["id"])["success"] is True
    assert [sha256(file) for file in files] == saved, "the restore brings every volume's bytes back"
    [vm] = client.run("listVirtualMachines", id=source)["virtualmachine"]
    assert vm["state"] == "Stopped"

    scribble(files[1])
    result = client.run(
        "restoreVolumeFromBackupAndAttachToVM",
        backupid=backup["id"],
        volumeid=volumes[source][1]["id"],
        virtualmachineid=target,
    )
    assert result["success"] is True
    known = {volume["id"] for volume in volumes[target]}
    after = client.run("listVolumes", virtualmachineid=target, listall="true")["volume"]
    [restored] = [volume for volume in after if volume["id"] not in known]
    assert sha256(server.volume_file(restored["id"])) == saved[1], "the restored volume holds what was backed up"
    assert sha256(files[1]) != saved[1], "restoring a copy leaves the original volume alone"

    assert client.run("deleteBackup", id=backup["id"])["success"] is True
    assert client.run("listBackups", virtualmachineid=source) == {}
    assert client.run("removeVirtualMachineFromBackupOffering", virtualmachineid=source)["success"] is True
    assert client.run("deleteBackupOffering", id=offering["id"])["success"] is True
    assert client.run("listBackupOfferings") == {}


@pytest.mark.parametrize("name", client_names())
def test_main_job(name, new_server, tmp_path):
    server = new_server().start()
    main_job(runner(name, server, tmp_path), server)


def test_main_job_with_cloudmonkey_5(new_server, tmp_path):
    binary = os.environ.get("CLOUDSTACKBACKUP_CLOUDMONKEY5")
    if not binary and not os.environ.get("CI"):
        pytest.skip("CLOUDSTACKBACKUP_CLOUDMONKEY5 names no CloudMonkey 5")
    assert binary, "with CI set, CLOUDSTACKBACKUP_CLOUDMONKEY5 must name the start script of CloudMonkey 5"
    server = new_server().start()
    profile = server.profile()
    client = CloudMonkey5Runner(binary, tmp_path, server.url, profile["apikey"], profile["secretkey"])
    try:
        main_job(client, server)
    finally:
        client.close()


def test_main_job_on_mariadb(mariadb_url, new_server, tmp_path):
    server = new_server("--database-url", mariadb_url).start()
    main_job(runner("cs", server, tmp_path), server)
    assert not list(server.data.rglob("*.mv.db")), "with a database of one's own there is no embedded one"


def test_mariadb_keeps_everything_over_a_restart(mariadb_url, new_server):
    server = new_server("--database-url", mariadb_url).start()
    before = server.admin().items("listVirtualMachines", listall="true")
    assert server.stop() in (0, 143)
    server.start()
    assert server.admin().items("listVirtualMachines", listall="true") == before
