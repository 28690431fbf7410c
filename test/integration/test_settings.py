# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""The framework's settings: names and scopes as in CloudStack, what is accepted, and that a change is in force at once."""

import pytest

from conftest import back_up

GLOBAL, ZONE = "global", "zone"
# Name, default, scope, a value that is accepted, values that are not.
SETTINGS = [
    # On here, since this server is for nothing else; CloudStack's default is false.
    ("backup.framework.enabled", "true", ZONE, "true", ["yes", "", "1"]),
    ("backup.framework.provider.plugin", "dummy", ZONE, "dummy", ["no-such", ""]),
    ("backup.framework.sync.interval", "300", GLOBAL, "600", ["0", "-1", "soon", "1.5", ""]),
    ("backup.enable.attach.detach.of.volumes", "false", GLOBAL, "false", ["maybe", ""]),
    ("max.account.backups", "20", GLOBAL, "-1", ["many", "1.5", ""]),
    ("max.account.backup.storage", "400", GLOBAL, "500", ["many", "1 GiB"]),
    ("max.project.backups", "20", GLOBAL, "30", ["many", ""]),
    ("max.project.backup.storage", "400", GLOBAL, "500", ["many", ""]),
    ("max.domain.backups", "40", GLOBAL, "50", ["many", ""]),
    ("max.domain.backup.storage", "800", GLOBAL, "900", ["many", ""]),
    ("zone.backupStorage.capacity.notificationthreshold", "0.75", ZONE, "0.9", ["1.1", "-0.1", "NaN", "75%"]),
    ("backup.framework.schedule.poll.interval", "5", GLOBAL, "6", ["0", "-5"]),
    ("backup.framework.schedule.attempts", "3", GLOBAL, "4", ["0", "-3"]),
    ("backup.framework.schedule.retry.delay", "300", GLOBAL, "400", ["0", "-1"]),
    ("backup.framework.retention.retry.delay", "60", GLOBAL, "70", ["0", "-1"]),
    ("backup.framework.giveup.time", "3600", GLOBAL, "60", ["-1", "1.5", "soon", ""]),
    ("backup.framework.sync.mass.removal.delay", "86400", GLOBAL, "0", ["-1", "1 day", ""]),
    ("backup.framework.schedule.tolerance", "300", GLOBAL, "30", ["-1", "1.5", ""]),
    ("backup.framework.schedule.concurrency.zone", "20", ZONE, "0", ["-1", "many", ""]),
    ("backup.framework.schedule.concurrency.provider", "50", GLOBAL, "0", ["-1", "many", ""]),
    ("backup.framework.rpo.grace", "3600", GLOBAL, "0", ["-1", "1.5", ""]),
    ("cluster.export.concurrency", "1", GLOBAL, "4", ["0", "5", "1000000", "-1", "1.5", ""]),
    ("job.expire.minutes", "1440", GLOBAL, "2000", ["0", "-1"]),
]


def shown(admin, name, **params):
    """The setting as it is listed."""
    [found] = admin.items("listConfigurations", name=name, **params)
    return found


@pytest.mark.parametrize("name,default,scope,good,bad", SETTINGS, ids=[each[0] for each in SETTINGS])
def test_a_setting_has_its_scope_and_takes_what_fits_only(admin, zone, name, default, scope, good, bad):
    before = shown(admin, name)
    assert (before["defaultvalue"], before["value"], before["scope"]) == (default, default, scope), before
    assert before["isdynamic"] is True and before["description"]
    for value in bad:
        error = admin.refused("updateConfiguration", 431, method="POST", name=name, value=value)
        assert name in error["errortext"], error
    assert shown(admin, name)["value"] == default
    try:
        admin.call("updateConfiguration", name=name, value=good)
        assert shown(admin, name)["value"] == good
    finally:
        admin.call("resetConfiguration", name=name)
    assert shown(admin, name)["value"] == default
    if scope == GLOBAL:
        admin.refused("updateConfiguration", 431, name=name, value=good, zoneid=zone["id"])
        assert admin.items("listConfigurations", name=name, zoneid=zone["id"]) == []
        return
    try:
        admin.call("updateConfiguration", name=name, value=good, zoneid=zone["id"])
        assert shown(admin, name, zoneid=zone["id"])["value"] == good and shown(admin, name)["value"] == default
    finally:
        admin.call("resetConfiguration", name=name, zoneid=zone["id"])


def test_backups_can_be_switched_off_for_a_zone_or_everywhere_at_once(admin, zone, protected_vm):
    for where in ({"zoneid": zone["id"]}, {}):
        admin.call("updateConfiguration", name="backup.framework.enabled", value="false", **where)
        try:
            error = admin.fails("createBackup", virtualmachineid=protected_vm["id"])
            assert "disabled" in error.text, error.text
        finally:
            admin.call("resetConfiguration", name="backup.framework.enabled", **where)
        back_up(admin, protected_vm)
