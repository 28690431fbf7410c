# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Volumes that are destroyed and recovered, domains that go with everything in them, volumes of protected VMs."""

import pytest

from conftest import assign, back_up, deploy, volumes_of


@pytest.fixture
def volume(admin, zone):
    """A loose volume of the administrator's."""
    return loose_volume(admin, zone)


def loose_volume(client, zone, **params):
    """A volume that is attached to no VM."""
    offering = next(each for each in client.items("listDiskOfferings") if not each["iscustomized"])
    return client.run("createVolume", name="loose", zoneid=zone["id"], diskofferingid=offering["id"], **params)["volume"]


def test_a_destroyed_volume_keeps_its_data_until_it_is_deleted(server, admin, volume):
    destroyed = admin.run("destroyVolume", id=volume["id"])["volume"]
    assert destroyed["state"] == "Destroy" and destroyed["destroyed"] is True
    assert server.volume_file(volume["id"]).exists()
    recovered = admin.call("recoverVolume", id=volume["id"])["volume"]
    assert recovered["state"] == "Ready"
    assert "only a destroyed one" in admin.fails("recoverVolume", id=volume["id"]).text
    admin.run("destroyVolume", id=volume["id"], expunge="true")
    assert not server.volume_file(volume["id"]).exists()
    assert admin.items("listVolumes", id=volume["id"]) == []


def test_only_the_owner_destroys_a_volume(admin, zone, new_user, volume):
    stranger = new_user()
    for command in ("destroyVolume", "recoverVolume"):
        stranger.refused(command, 431, id=volume["id"])
    assert admin.items("listVolumes", id=volume["id"])[0]["state"] == "Ready"
    own = loose_volume(stranger, zone)
    assert stranger.run("destroyVolume", id=own["id"])["volume"]["state"] == "Destroy"
    assert stranger.call("recoverVolume", id=own["id"])["volume"]["state"] == "Ready"


def test_a_domain_goes_with_everything_in_it_but_never_with_backups(admin, zone, offering, new_domain, new_user):
    domain = new_domain()
    user = new_user(domain=domain)
    vm = deploy(user, zone)
    loose_volume(user, zone)
    user.run("createProject", name="team")
    assert "account(s)" in admin.fails("deleteDomain", id=domain["id"]).text
    assign(user, vm, offering)
    backup = back_up(user, vm)
    refused = admin.fails("deleteDomain", id=domain["id"], cleanup="true")
    assert "1 backup(s) in it, which are never removed" in refused.text
    assert user.items("listVirtualMachines") and user.items("listProjects"), "nothing was deleted"
    user.run("deleteBackup", id=backup["id"])
    admin.run("deleteDomain", id=domain["id"], cleanup="true")
    assert admin.items("listDomains", listall="true", id=domain["id"]) == []
    assert admin.items("listVirtualMachines", listall="true", id=vm["id"]) == []
    assert user.raw("listVirtualMachines").status_code == 401


def test_a_volume_attached_to_a_protected_vm_is_in_its_next_backup(admin, protected_vm, volume):
    setting = "backup.enable.attach.detach.of.volumes"
    assert setting in admin.fails("attachVolume", id=volume["id"], virtualmachineid=protected_vm["id"]).text
    admin.call("updateConfiguration", name=setting, value="true", method="POST")
    try:
        admin.run("attachVolume", id=volume["id"], virtualmachineid=protected_vm["id"])
        assert volume["id"] in back_up(admin, protected_vm)["volumes"]
        admin.run("detachVolume", id=volume["id"])
        assert "is not attached" in admin.fails("detachVolume", id=volume["id"]).text
        assert volume["id"] not in back_up(admin, protected_vm)["volumes"]
        assert volume["id"] not in {each["id"] for each in volumes_of(admin, protected_vm)}
    finally:
        admin.call("updateConfiguration", name=setting, value="false", method="POST")


def test_a_disk_offering_is_renamed(admin):
    made = admin.call("createDiskOffering", name="to-rename", displaytext="x", disksize=1)["diskoffering"]
    changed = admin.call("updateDiskOffering", id=made["id"], name="renamed", displaytext="y")["diskoffering"]
    assert (changed["name"], changed["displaytext"]) == ("renamed", "y")
    admin.call("deleteDiskOffering", id=made["id"])


def test_who_is_locked_cannot_act(admin, new_user):
    user = new_user()
    assert admin.call("lockUser", id=user.user["id"])["user"]["state"] == "locked"
    assert user.raw("listVirtualMachines").status_code == 401
    admin.call("enableUser", id=user.user["id"])
    domain_id = user.account["domainid"]
    locked = admin.call("lockAccount", account=user.account["name"], domainid=domain_id)["account"]
    assert locked["state"] == "locked"
    assert user.raw("listVirtualMachines").status_code == 401
    admin.call("enableAccount", id=user.account["id"])
    assert user.raw("listVirtualMachines").status_code == 200
