# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""What ./run brings without any option: the simulated zone, and a zone on an emulator that is started beside it."""

import signal
from pathlib import Path

import pytest

from client import await_value
from conftest import assign, back_up, import_offering


def state_and_parent(pid):
    """The state of a process and who started it, or None where it has ended, perhaps while it was read."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:2]
    except (FileNotFoundError, ProcessLookupError):
        return None


def children(process):
    """The numbers of the processes that a process started and that have not been waited for."""
    running = [entry.name for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [pid for pid in running if (state_and_parent(pid) or [None, None])[1] == str(process.pid)]


def is_gone(pid):
    """Whether the process has ended; one that nobody waits for any more counts."""
    found = state_and_parent(pid)
    return found is None or found[0] == "Z"


def test_the_demo_has_a_zone_on_an_emulator(new_server):
    server = new_server("--demo-emulators").start()
    admin = server.admin()
    zones = {each["name"]: each for each in admin.items("listZones")}
    assert list(zones) == ["sim-dummy", "sim-pxbackup"]
    zone = zones["sim-pxbackup"]
    [vm, *others] = admin.items("listVirtualMachines", zoneid=zone["id"], listall="true")
    assert len(others) == 2
    policies = admin.items("listBackupProviderOfferings", zoneid=zone["id"])
    assign(admin, vm, import_offering(admin, zone, policies[0]["externalid"]))
    backup = back_up(admin, vm)
    assert (backup["status"], backup["zone"]) == ("BackedUp", "sim-pxbackup")


@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGKILL])
def test_the_emulator_ends_with_its_server(new_server, kind):
    server = new_server("--demo-emulators").start()
    [emulator] = children(server.process)
    assert not is_gone(emulator)
    server.stop(kind)
    await_value(lambda: is_gone(emulator), 10, "the emulator to end")


def test_emulators_are_not_started_for_nothing(new_server):
    server = new_server("--no-demo").start()
    assert server.admin().items("listZones") == []
    assert children(server.process) == []
