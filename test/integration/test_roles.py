# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Who may call what, and who sees what."""

import pytest

from client import ApiError
from conftest import assign, back_up, backups_of, deploy

UNKNOWN = "6f1c9a52-0000-4000-8000-00000000dead"
ADMIN_ONLY = ("listBackupProviders", "listBackupProviderOfferings", "importBackupOffering", "deleteBackupOffering")
FOR_EVERYONE = (
    "listBackups",
    "createBackup",
    "deleteBackup",
    "restoreBackup",
    "restoreVolumeFromBackupAndAttachToVM",
    "createVMFromBackup",
    "listBackupOfferings",
    "assignVirtualMachineToBackupOffering",
)


@pytest.fixture(scope="module")
def owner(new_user):
    """A user with things of its own."""
    return new_user()


@pytest.fixture(scope="module")
def owned(owner, zone, offering):
    """The owner's VM, under the offering, with one backup."""
    vm = deploy(owner, zone)
    assign(owner, vm, offering)
    return vm, back_up(owner, vm)


@pytest.fixture(scope="module")
def stranger(new_user):
    """Another user of the same domain."""
    return new_user()


def read_only_role(admin, role_type):
    """Id of the default read-only role of that type."""
    roles = admin.items("listRoles")
    found = [role for role in roles if "read" in role["name"].lower() and role["type"] == role_type]
    assert found, f"no read-only role of type {role_type} among {[(role['name'], role['type']) for role in roles]}"
    return found[0]["id"]


def test_what_a_user_may_call(owner):
    names = {each["name"] for each in owner.items("listApis")}
    assert set(FOR_EVERYONE) <= names and not names & set(ADMIN_ONLY)


@pytest.mark.parametrize("command", ADMIN_ONLY + ("updateBackupOffering", "updateConfiguration", "createAccount"))
def test_a_user_may_not_call_what_is_the_admins(owner, command, nothing_changes):
    assert owner.raw(command).status_code == 401


def test_a_user_sees_its_own(admin, owner, owned, stranger):
    vm, backup = owned
    assert [each["id"] for each in owner.items("listBackups")] == [backup["id"]]
    assert backup["account"] == owner.account["name"]
    assert stranger.call("listBackups") == {}
    assert stranger.call("listBackups", listall="true", keyword=vm["name"]) == {}
    assert stranger.call("listVirtualMachines", listall="true") == {}
    assert backup["id"] not in [each["id"] for each in admin.items("listBackups")], "without listall: one's own"
    assert backup["id"] in [each["id"] for each in admin.items("listBackups", listall="true")]


@pytest.mark.parametrize(
    ("command", "name", "kind"),
    [
        ("createBackup", "virtualmachineid", "vm"),
        ("removeVirtualMachineFromBackupOffering", "virtualmachineid", "vm"),
        ("startVirtualMachine", "id", "vm"),
        ("deleteBackup", "id", "backup"),
        ("restoreBackup", "id", "backup"),
        ("createVMFromBackup", "backupid", "backup"),
    ],
)
def test_a_foreign_uuid_answers_as_an_unknown_one(stranger, owned, zone, command, name, kind, nothing_changes):
    foreign = dict(zip(("vm", "backup"), owned, strict=True))[kind]["id"]
    more = {"zoneid": zone["id"], "name": "stolen"} if command == "createVMFromBackup" else {}
    status, error = stranger.envelope(command, **{name: foreign}, **more)
    unknown_status, unknown = stranger.envelope(command, **{name: UNKNOWN}, **more)
    assert (status, unknown_status) == (431, 431), f"{error} and {unknown}"
    assert str(error).replace(foreign, UNKNOWN) == str(unknown)


def test_a_foreign_backups_volume_is_not_restored(stranger, owned, zone, owner):
    vm, backup = owned
    mine = deploy(stranger, zone)
    volume = owner.items("listVolumes", virtualmachineid=vm["id"])[0]
    params = {"volumeid": volume["id"], "virtualmachineid": mine["id"]}
    status, error = stranger.envelope("restoreVolumeFromBackupAndAttachToVM", backupid=backup["id"], **params)
    _, unknown = stranger.envelope("restoreVolumeFromBackupAndAttachToVM", backupid=UNKNOWN, **params)
    assert status == 431 and str(error).replace(backup["id"], UNKNOWN) == str(unknown)
    assert stranger.count("listVolumes", virtualmachineid=mine["id"]) == 1


def test_foreign_lists_are_empty_or_refused_alike(stranger, owned):
    vm, backup = owned
    for name, value in (("id", backup["id"]), ("virtualmachineid", vm["id"])):
        foreign, unknown = stranger.raw("listBackups", **{name: value}), stranger.raw("listBackups", **{name: UNKNOWN})
        assert foreign.status_code == unknown.status_code
        assert foreign.text.replace(value, UNKNOWN) == unknown.text


def test_a_domain_admin_sees_its_domain(admin, new_domain, new_user, owned, zone, offering):
    domain = new_domain()
    chief, member = new_user(account_type=2, domain=domain), new_user(domain=domain)
    vm = deploy(member, zone)
    assign(member, vm, offering)
    backup = back_up(member, vm)
    assert [each["id"] for each in chief.items("listBackups", listall="true")] == [backup["id"]]
    assert chief.raw("listBackupProviders").status_code == 401
    status, _ = chief.envelope("deleteBackup", id=owned[1]["id"])
    assert status == 431
    assert chief.run("deleteBackup", id=backup["id"]) == {"success": True}
    assert backups_of(admin, vm) == []


def test_a_user_without_user_driven_backups_sees_no_offering(admin, owner, zone):
    from conftest import import_offering

    silver = import_offering(admin, zone, "silver", name="admins-only", user_driven=False)
    try:
        assert silver["id"] not in [each["id"] for each in owner.items("listBackupOfferings")]
        assert silver["id"] in [each["id"] for each in admin.items("listBackupOfferings")]
    finally:
        admin.run("deleteBackupOffering", id=silver["id"])


def test_read_only_roles_read_and_do_not_write(admin, new_user, owned):
    reader = new_user(role=read_only_role(admin, "Admin"))
    assert owned[1]["id"] in [each["id"] for each in reader.items("listBackups", listall="true")]
    for command in ("deleteBackup", "createBackup", "importBackupOffering", "updateConfiguration"):
        assert reader.raw(command).status_code == 401, command
    user = new_user(role=read_only_role(admin, "User"))
    assert user.call("listBackups") == {}
    assert user.raw("createBackup").status_code == 401


def test_a_users_jobs_are_its_own(owner, owned, stranger):
    job = owner.call("createBackup", virtualmachineid=owned[0]["id"])["jobid"]
    owner.job(job)
    reply = stranger.raw("queryAsyncJobResult", jobid=job)
    assert reply.status_code in (431, 531), reply.text
    assert owner.run("deleteBackup", id=backups_of(owner, owned[0])[-1]["id"]) == {"success": True}


def test_a_disabled_user_is_out_at_once(admin, new_user):
    user = new_user()
    assert user.raw("listBackups").status_code == 200
    admin.run("disableUser", id=user.user["id"])
    assert user.raw("listBackups").status_code == 401


def test_only_the_admin_says_which_machine_of_a_cluster_a_vm_is(admin, owner, zone):
    stolen = {"details[0].kubevirt.namespace": "other", "details[0].kubevirt.name": "theirs"}
    machine = deploy(owner, zone)
    error = owner.fails("updateVirtualMachine", id=machine["id"], **stolen)
    assert (error.code, "only root admins set it" in error.text) == (431, True)
    with pytest.raises(ApiError, match="only root admins set it"):
        deploy(owner, zone, **stolen)
    admin.call("updateVirtualMachine", id=machine["id"], **{"details[0].kubevirt.name": "own"})
    owner.call("updateVirtualMachine", id=machine["id"], **{"details[0].colour": "red"})
    [now] = admin.items("listVirtualMachines", id=machine["id"])
    assert now["details"] == {"kubevirt.name": "own", "colour": "red"}
    owner.call("updateVirtualMachine", id=machine["id"], cleanupdetails="true")
    [now] = admin.items("listVirtualMachines", id=machine["id"])
    assert now["details"] == {"kubevirt.name": "own"}
    owner.run("destroyVirtualMachine", id=machine["id"], expunge="true")
