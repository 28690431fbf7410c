# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""The comparison of backups with what the provider has: adoption, removal, failures, storage, several providers."""

import pytest

from client import await_value
from conftest import ADMIN_PASSWORD, assign, back_up, backups_of, copy_point, deploy, import_offering

PATIENCE = 60


class Syncing:
    """A server that compares every second, with a protected VM."""

    def __init__(self, server):
        self.server = server
        self.admin = server.admin()
        self.set("backup.framework.sync.interval", 1)
        [self.zone] = self.admin.items("listZones", name="sim-dummy")
        self.offering = import_offering(self.admin, self.zone, "gold")
        self.vm = deploy(self.admin, self.zone)
        assign(self.admin, self.vm, self.offering)

    def set(self, name, value, **params):
        self.admin.call("updateConfiguration", name=name, value=value, **params)

    def in_zone(self, name, value):
        self.set(name, value, zoneid=self.zone["id"])

    def backups(self):
        return backups_of(self.admin, self.vm)

    def state(self):
        """How the last comparison went; None before the first."""
        states = self.admin.items("listBackupSyncs", zoneid=self.zone["id"], provider="dummy")
        return states[0] if states and "outcome" in states[0] else None

    def await_outcome(self, outcome):
        def ended():
            state = self.state()
            return state if state and state["outcome"] == outcome else None

        return await_value(ended, PATIENCE, lambda: f"a comparison to end {outcome}, the last is {self.state()}")

    def standing(self, name):
        """Alerts of that name whose cause is not gone."""
        return self.admin.items("listAlerts", name=name, resolved="false")


@pytest.fixture(scope="module")
def syncing(tmp_path_factory, built):
    from server import Server

    server = Server(
        tmp_path_factory.mktemp("sync") / "data", environment={"CLOUDSTACKBACKUP_ADMIN_PASSWORD": ADMIN_PASSWORD}
    )
    try:
        yield Syncing(server.start())
    finally:
        server.close()


def test_a_point_made_outside_appears_with_an_event_and_can_be_restored(syncing):
    own = back_up(syncing.admin, syncing.vm)
    copy = copy_point(syncing.server.data, own["externalid"])

    def adopted():
        return next((each for each in syncing.backups() if each["externalid"] == copy), None)

    backup = await_value(adopted, PATIENCE, "the copied point to appear")
    assert backup["status"] == "BackedUp" and backup["size"] == own["size"]
    assert backup["volumes"] == own["volumes"]
    assert (backup["account"], backup["backupofferingid"]) == (own["account"], own["backupofferingid"])
    events = syncing.admin.items("listEvents", type="BACKUP.CREATE", listall="true")
    assert any("made outside" in event["description"] and backup["name"] in event["description"] for event in events)
    syncing.admin.run("restoreBackup", id=backup["id"])
    assert syncing.server.get("/metrics").text.count('cloudstackbackup_sync_rows_total{change="adopted"') == 1


def test_points_of_the_providers_own_policy_appear_where_users_may_start_none(syncing):
    admin = syncing.admin
    vm = deploy(admin, syncing.zone)
    assign(admin, vm, syncing.offering)
    own = back_up(admin, vm)
    admin.run("removeVirtualMachineFromBackupOffering", virtualmachineid=vm["id"], forced="true")
    policy = import_offering(admin, syncing.zone, "silver", name="sla", user_driven=False)
    assign(admin, vm, policy)
    assert "does not allow" in admin.fails("createBackup", virtualmachineid=vm["id"]).text
    copy = copy_point(syncing.server.data, own["externalid"])

    def adopted():
        return next((each for each in backups_of(admin, vm) if each["externalid"] == copy), None)

    backup = await_value(adopted, PATIENCE, "the policy's restore point to appear")
    assert backup["status"] == "BackedUp"
    assert admin.run("restoreBackup", id=backup["id"]) == {"success": True}
    assert admin.fails("createBackupSchedule", virtualmachineid=vm["id"], intervaltype="hourly", schedule="1",
                       timezone="UTC").code == 431


def test_a_lost_point_is_removed_after_a_second_look_and_others_stay(syncing):
    lost = back_up(syncing.admin, syncing.vm)
    kept = [each["id"] for each in syncing.backups() if each["id"] != lost["id"]]
    syncing.in_zone("backup.plugin.dummy.losepoint", lost["externalid"])
    try:
        await_value(
            lambda: lost["id"] not in [each["id"] for each in syncing.backups()], 4 * PATIENCE, "the row to go"
        )
    finally:
        syncing.in_zone("backup.plugin.dummy.losepoint", "")
    assert [each["id"] for each in syncing.backups()][: len(kept)] == kept
    events = syncing.admin.items("listEvents", type="BACKUP.DELETE", level="WARN", listall="true")
    assert any(lost["name"] in event["description"] for event in events)


@pytest.mark.parametrize("fault", ["unreachable", "list"])
def test_a_provider_that_cannot_be_read_removes_nothing(syncing, fault):
    back_up(syncing.admin, syncing.vm)
    before = [each["id"] for each in syncing.backups()]
    syncing.in_zone("backup.plugin.dummy.fail", fault)
    try:
        failed = syncing.await_outcome("Failed")
        assert failed["error"] and failed["removed"] == 0
        first = failed["ended"]
        await_value(lambda: syncing.state()["ended"] > first, PATIENCE, "another comparison to fail")
        assert syncing.state()["outcome"] == "Failed"
        assert [each["id"] for each in syncing.backups()] == before
        [alert] = syncing.standing("ALERT.BACKUP.PROVIDER")
        assert alert["count"] > 1 and "sim-dummy" in alert["subject"] and failed["error"] in alert["description"]
    finally:
        syncing.in_zone("backup.plugin.dummy.fail", "none")
    assert "error" not in syncing.await_outcome("Complete")
    assert not syncing.standing("ALERT.BACKUP.PROVIDER")
    assert [each["id"] for each in syncing.backups()] == before


def test_a_comparison_can_be_asked_for(syncing):
    syncing.await_outcome("Complete")
    syncing.set("backup.framework.sync.interval", 3600)
    try:
        copy = copy_point(syncing.server.data, back_up(syncing.admin, syncing.vm)["externalid"])
        answer = syncing.admin.call("syncBackups", zoneid=syncing.zone["id"])
        assert "dummy" in answer["displaytext"], answer
        await_value(
            lambda: copy in [each["externalid"] for each in syncing.backups()], PATIENCE, "the copied point to appear"
        )
    finally:
        syncing.set("backup.framework.sync.interval", 1)
    state = syncing.state()
    assert state["zonename"] == "sim-dummy" and state["provider"] == "dummy"
    assert {"started", "ended", "succeeded", "pages", "points", "running"} <= set(state), state


def test_the_capacity_of_backup_storage_is_listed(syncing):
    syncing.await_outcome("Complete")
    [capacity] = syncing.admin.items("listCapacity", type=21, zoneid=syncing.zone["id"], fetchlatest="true")
    assert capacity["type"] == 21 and capacity["name"] == "BACKUP_STORAGE"
    assert (capacity["zoneid"], capacity["zonename"]) == (syncing.zone["id"], "sim-dummy")
    assert 0 < capacity["capacityused"] <= capacity["capacitytotal"]
    share = 100 * capacity["capacityused"] / capacity["capacitytotal"]
    assert abs(float(capacity["percentused"]) - share) < 0.02
    assert syncing.admin.items("listCapacity", sortby="usage") and not syncing.admin.items("listCapacity", type=0)
    assert "usage" in syncing.admin.refused("listCapacity", 431, sortby="colour")["errortext"]


def test_a_storage_that_fills_up_is_told_once_and_until_it_has_room(syncing):
    threshold = "zone.backupStorage.capacity.notificationthreshold"
    assert not syncing.standing("ALERT.STORAGE.BACKUP")
    syncing.in_zone(threshold, 0)
    try:
        [alert] = await_value(lambda: syncing.standing("ALERT.STORAGE.BACKUP"), PATIENCE, "the alert")
        assert alert["zoneid"] == syncing.zone["id"] and int(alert["type"]) == 21
    finally:
        syncing.admin.call("resetConfiguration", name=threshold, zoneid=syncing.zone["id"])
    await_value(lambda: not syncing.standing("ALERT.STORAGE.BACKUP"), PATIENCE, "the alert to be resolved")


def test_offerings_are_imported_from_a_provider_by_name(syncing):
    zone = syncing.zone["id"]
    assert syncing.admin.items("listBackupProviderOfferings", zoneid=zone, provider="dummy")
    refused = syncing.admin.refused("listBackupProviderOfferings", 431, zoneid=zone, provider="veem")
    assert "'veem'" in refused["errortext"] and "dummy" in refused["errortext"]
    failed = syncing.admin.fails(
        "importBackupOffering",
        name="x",
        description="x",
        externalid="x",
        zoneid=zone,
        allowuserdrivenbackups="true",
        provider="veem",
    )
    assert "'veem'" in failed.text
