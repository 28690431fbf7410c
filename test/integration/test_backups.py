# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Backup and restore beside the main job: new VMs, removal, deletion, old names, errors that keep their cause."""

import hashlib
import os

import pytest

from conftest import assign, back_up, backups_of, deploy, import_offering, volumes_of


def digest(server, volume):
    """Hash of a simulated volume's bytes."""
    return hashlib.sha256(server.volume_file(volume["id"]).read_bytes()).hexdigest()


def fill(server, volume):
    """Random bytes at the volume's beginning."""
    with server.volume_file(volume["id"]).open("r+b") as file:
        file.write(os.urandom(4096))


@pytest.fixture
def delay(admin, zone):
    """Makes the dummy product slow for a test."""
    name = "backup.plugin.dummy.delay"

    def make_slow(seconds):
        admin.call("updateConfiguration", name=name, value=seconds, zoneid=zone["id"])

    yield make_slow
    admin.call("updateConfiguration", name=name, value=0, zoneid=zone["id"])


@pytest.fixture
def fail_on(admin, zone):
    """Makes the dummy product fail for a test."""
    name = "backup.plugin.dummy.fail"

    def make_fail(what):
        admin.call("updateConfiguration", name=name, value=what, zoneid=zone["id"])

    yield make_fail
    admin.call("updateConfiguration", name=name, value="none", zoneid=zone["id"])


def test_a_backup_has_every_field_of_the_reference(admin, protected_vm, offering, zone):
    volumes = volumes_of(admin, protected_vm)
    backup = back_up(admin, protected_vm, name="n1", description="d1")
    assert backup["backupofferingid"] == offering["id"] and backup["backupofferingname"] == offering["name"]
    assert (backup["zoneid"], backup["zone"]) == (zone["id"], "sim-dummy")
    assert (backup["name"], backup["description"]) == ("n1", "d1")
    assert backup["intervaltype"] == "MANUAL" and backup["status"] == "BackedUp"
    assert backup["virtualsize"] == sum(volume["size"] for volume in volumes)
    assert isinstance(backup["size"], int) and backup["size"] > 0
    assert isinstance(backup["volumes"], str), "volumes is a string that holds JSON"
    for field in ("externalid", "type", "created", "accountid", "account", "domainid", "domain"):
        assert backup.get(field), f"a backup tells its {field}: {backup}"
    assert "vmdetails" not in backup
    [detailed] = admin.items("listBackups", id=backup["id"], listvmdetails="true")
    assert {"hypervisor", "serviceofferingid", "templateid"} <= set(detailed["vmdetails"])
    assert all(isinstance(value, str) for value in detailed["vmdetails"].values())


def test_a_vm_is_created_from_a_backup(server, admin, zone, protected_vm):
    [root] = volumes_of(admin, protected_vm)
    fill(server, root)
    saved = digest(server, root)
    backup = back_up(admin, protected_vm)
    fill(server, root)
    reply = admin.raw("createVMFromBackup", backupid=backup["id"], zoneid=zone["id"], name="copy-of-it").json()
    assert list(reply) == ["deployvirtualmachineresponse"], reply
    accepted = reply["deployvirtualmachineresponse"]
    assert {"id", "jobid"} <= set(accepted), accepted
    record = admin.job(accepted["jobid"])
    assert record["jobstatus"] == 1, record
    made = record["jobresult"]["virtualmachine"]
    assert made["id"] == accepted["id"] and made["name"] == "copy-of-it"
    [new_root] = volumes_of(admin, made)
    assert new_root["id"] != root["id"] and digest(server, new_root) == saved


def test_restore_needs_a_stopped_vm(admin, protected_vm):
    backup = back_up(admin, protected_vm)
    admin.run("startVirtualMachine", id=protected_vm["id"])
    error = admin.fails("restoreBackup", id=backup["id"])
    assert "Running" in error.text or "topped" in error.text, error.text
    assert backups_of(admin, protected_vm) == [backup]


def test_removal_from_the_offering(admin, protected_vm):
    vm = protected_vm["id"]
    backup = back_up(admin, protected_vm)
    assert admin.items("listVirtualMachines", id=vm)[0]["backupofferingid"]
    assert admin.run("removeVirtualMachineFromBackupOffering", virtualmachineid=vm) == {"success": True}
    assert "backupofferingid" not in admin.items("listVirtualMachines", id=vm)[0]
    [kept] = backups_of(admin, protected_vm)
    assert kept["id"] == backup["id"] and kept["vmbackupofferingremoved"] is True
    admin.fails("createBackup", virtualmachineid=vm)
    admin.fails("removeVirtualMachineFromBackupOffering", virtualmachineid=vm)


def test_an_offering_in_use_is_not_deleted(admin, protected_vm, offering):
    error = admin.fails("deleteBackupOffering", id=offering["id"])
    assert error.code in (530, 536), error
    assert admin.items("listBackupOfferings", id=offering["id"])


def test_old_documented_names_are_aliases(server, admin, zone, vm):
    silver = import_offering(admin, zone, "silver", command="importBackupProviderOfferings")
    assign(admin, vm, silver)
    [root] = volumes_of(admin, vm)
    backup = back_up(admin, vm)
    other = deploy(admin, zone)
    result = admin.run(
        "restoreVolumeFromBackup", backupid=backup["id"], volumeid=root["id"], virtualmachineid=other["id"]
    )
    assert result["success"] is True
    assert len(volumes_of(admin, other)) == 2
    assert admin.run("deleteVMBackup", id=backup["id"]) == {"success": True}
    admin.run("removeVirtualMachineFromBackupOffering", virtualmachineid=vm["id"])
    assert admin.call("deleteBackupOffering", id=silver["id"])["success"] in (True, "true")


def test_offering_import_refusals(admin, zone, offering):
    external = offering["externalid"]
    common = {"description": "d", "zoneid": zone["id"], "allowuserdrivenbackups": "true"}
    admin.fails("importBackupOffering", name="another", externalid=external, **common)
    admin.fails("importBackupOffering", name=offering["name"], externalid="silver-policy", **common)
    admin.fails("importBackupOffering", name="nobody", externalid="no-such-policy", **common)
    assert len(admin.items("listBackupOfferings")) == 1


def test_offering_update(admin, offering):
    changed = admin.call("updateBackupOffering", id=offering["id"], description="changed")["backupoffering"]
    assert changed["description"] == "changed" and changed["name"] == offering["name"]
    admin.refused("updateBackupOffering", 431, id=offering["id"])


def test_a_failing_product_is_quoted_in_the_error(admin, protected_vm, fail_on):
    fail_on("backup")
    error = admin.fails("createBackup", virtualmachineid=protected_vm["id"])
    assert protected_vm["name"] in error.text or protected_vm["id"] in error.text, f"says on what: {error.text}"
    assert not [each for each in backups_of(admin, protected_vm) if each["status"] == "BackedUp"]


def test_a_failed_delete_keeps_the_backup(admin, protected_vm, fail_on):
    backup = back_up(admin, protected_vm)
    fail_on("delete")
    admin.fails("deleteBackup", id=backup["id"])
    assert [each["id"] for each in backups_of(admin, protected_vm)] == [backup["id"]]


def test_a_failed_restore_keeps_the_only_copy(server, admin, protected_vm, fail_on):
    [root] = volumes_of(admin, protected_vm)
    fill(server, root)
    saved = digest(server, root)
    backup = back_up(admin, protected_vm)
    fail_on("restore")
    admin.fails("restoreBackup", id=backup["id"])
    assert digest(server, root) == saved
    [vm] = admin.items("listVirtualMachines", id=protected_vm["id"])
    assert vm["state"] == "Stopped"
    fail_on("none")
    assert admin.run("restoreBackup", id=backup["id"]) == {"success": True}


def test_a_job_is_pending_while_the_product_works(admin, protected_vm, delay):
    delay(10)
    accepted = admin.call("createBackup", virtualmachineid=protected_vm["id"])
    assert set(accepted) == {"id", "jobid"}
    record = admin.call("queryAsyncJobResult", jobId=accepted["jobid"])
    assert record["jobstatus"] == 0 and "jobresult" not in record
    record = admin.job(accepted["jobid"])
    assert (record["jobstatus"], record["jobresultcode"], record["jobresulttype"]) == (1, 0, "object")
    assert record["jobresult"] == {"success": True} and record["jobinstancetype"] == "Backup"
    assert record["cmd"].endswith("Command") or record["cmd"].endswith("Cmd"), record["cmd"]
    assert record["jobid"] == accepted["jobid"]


def test_a_custom_job_id_is_the_jobs_id(admin, protected_vm):
    chosen = "0b1e6c6e-7a3e-4f0e-9b51-9d1f0a2c3d4e"
    assert admin.call("createBackup", virtualmachineid=protected_vm["id"], customjobid=chosen)["jobid"] == chosen
    assert admin.job(chosen)["jobstatus"] == 1


def test_backups_leave_events(admin, protected_vm):
    backup = back_up(admin, protected_vm)
    admin.run("deleteBackup", id=backup["id"])
    found = admin.items("listEvents", listall="true", type="BACKUP.CREATE")
    assert {"Completed"} <= {event["state"] for event in found}, found[:3]
    assert admin.items("listEvents", listall="true", type="BACKUP.DELETE")


def test_a_vm_with_backups_is_not_expunged(admin, protected_vm):
    backup = back_up(admin, protected_vm)
    admin.fails("destroyVirtualMachine", id=protected_vm["id"], expunge="true")
    assert [each["id"] for each in backups_of(admin, protected_vm)] == [backup["id"]]
    assert admin.items("listVirtualMachines", id=protected_vm["id"])
