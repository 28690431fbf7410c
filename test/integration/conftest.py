# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Fixtures: a shared server, servers of one test, the offering, VMs of one test, users of each role."""

import itertools
import os
import shutil
import signal
import subprocess
import uuid

import pytest

from client import Client
from cluster_fixtures import bucket, kube, minio, minio_bucket, namespace, own_kube, s3  # noqa: F401 (fixtures)
from mariadb import mariadb_url, mariadbd, own_mariadb  # noqa: F401 (fixtures)
from programs import building
from server import REPOSITORY, Server

ADMIN_PASSWORD = "integration-Passw0rd"
# They come first, the longest before the others, so that workers end at about the same time.
LONG = (
    "test_crashes",
    "test_two_nodes",
    "test_cluster_export",
    "test_sync",
    "test_cluster_commands",
    "test_schedules",
    "test_secrets",
    "test_operations",
    "test_cluster_export_restore",
    "test_alerts",
    "test_main_job",
    "test_pxbackup",
)
numbers = itertools.count(1)


def pytest_configure():
    """A suite that a shell runs in the background ignores SIGINT, and servers would inherit that."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items):
    """Files that take long come before those that do not."""
    items.sort(key=lambda item: LONG.index(item.path.stem) if item.path.stem in LONG else len(LONG))


@pytest.fixture(scope="session", autouse=True)
def built():
    """Builds once, so that no test's waiting time holds a build."""
    with building():
        done = subprocess.run(
            [str(REPOSITORY / "run"), "--help"], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=900
        )
    assert done.returncode == 0, f"./run --help ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="session")
def server(tmp_path_factory, built):
    """The server that tests share; a test leaves it as usable as it found it."""
    shared = Server(
        tmp_path_factory.mktemp("server") / "data", environment={"CLOUDSTACKBACKUP_ADMIN_PASSWORD": ADMIN_PASSWORD}
    )
    try:
        yield shared.start()
    finally:
        shared.close()


@pytest.fixture
def new_server(tmp_path, built):
    """Makes servers of this test's own, each with its folder; not yet started."""
    made = []

    def make(*options, name="data", environment=None):
        made.append(Server(tmp_path / name, *options, environment=environment))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture(scope="session")
def admin(server):
    """The administrator of the shared server."""
    return server.admin()


@pytest.fixture(scope="session")
def zone(admin):
    """The simulated zone."""
    zones = admin.items("listZones", name="sim-dummy")
    assert len(zones) == 1, f"the demo has one zone sim-dummy, got {zones}"
    return zones[0]


@pytest.fixture(scope="session")
def offering(admin, zone):
    """The gold policy, imported for everyone."""
    return import_offering(admin, zone, "gold")


def import_offering(client, zone, policy, name=None, user_driven=True, command="importBackupOffering"):
    """Imports a provider's policy by a part of its name and gives the offering."""
    external = [
        each for each in client.items("listBackupProviderOfferings", zoneid=zone["id"]) if policy in str(each).lower()
    ]
    assert external, f"the dummy provider offers no policy like {policy}"
    answer = client.run(
        command,
        name=name or policy,
        description=f"the {policy} policy",
        externalid=external[0].get("externalid") or external[0]["id"],
        zoneid=zone["id"],
        allowuserdrivenbackups=str(user_driven).lower(),
    )
    return answer["backupoffering"]


def deploy(client, zone, start=False, **params):
    """A new VM, stopped unless told to start."""
    answer = client.run(
        "deployVirtualMachine",
        zoneid=zone["id"],
        serviceofferingid=client.items("listServiceOfferings")[0]["id"],
        templateid=client.items("listTemplates", templatefilter="executable")[0]["id"],
        name=params.pop("name", f"it-{os.getpid()}-{next(numbers)}"),
        startvm=str(start).lower(),
        **params,
    )
    return answer["virtualmachine"]


def volumes_of(client, vm):
    """The VM's volumes, root first."""
    found = client.items("listVolumes", virtualmachineid=vm["id"], listall="true")
    return sorted(found, key=lambda volume: volume.get("deviceid", 0))


def backups_of(client, vm):
    """The VM's backups, oldest first."""
    return client.items("listBackups", virtualmachineid=vm["id"], listall="true")


def assign(client, vm, offering):
    """Puts a VM under an offering."""
    return client.run(
        "assignVirtualMachineToBackupOffering", virtualmachineid=vm["id"], backupofferingid=offering["id"]
    )


def back_up(client, vm, **params):
    """Takes a backup and gives its record."""
    before = {each["id"] for each in backups_of(client, vm)}
    result = client.run("createBackup", virtualmachineid=vm["id"], **params)
    assert result == {"success": True}, f"createBackup's job result is success, got {result}"
    [made] = [each for each in backups_of(client, vm) if each["id"] not in before]
    return made


def copy_point(data, point):
    """As if the dummy product's own policy had made another backup: a copy of the point under an id of its own."""
    [folder] = (data / "dummy").rglob(f"points/{point}")
    machine, made, _ = point.rsplit("_", 2)
    copy = f"{machine}_{int(made) + 1:015d}_{uuid.uuid4().hex[:8]}"
    fresh = folder.parent.parent / "staging" / copy
    shutil.copytree(folder, fresh)
    manifest = fresh / "manifest.json"
    manifest.write_text(manifest.read_text().replace(point, copy))
    fresh.rename(folder.parent / copy)
    return copy


@pytest.fixture
def vm(admin, zone):
    """A stopped VM with one volume."""
    return deploy(admin, zone)


@pytest.fixture
def protected_vm(admin, vm, offering):
    """A stopped VM under the gold offering."""
    assign(admin, vm, offering)
    return vm


@pytest.fixture(scope="session")
def new_user(server, admin):
    """Makes accounts with one user each and gives a client with its keys."""

    def make(account_type=0, domain=None, role=None):
        name = f"u{os.getpid()}-{next(numbers)}"
        domain_id = domain["id"] if domain else admin.items("listDomains", listall="true", level=0)[0]["id"]
        account = admin.call(
            "createAccount",
            method="POST",
            username=name,
            password="Secret-" + name,
            firstname="First",
            lastname="Last",
            email=f"{name}@example.org",
            domainid=domain_id,
            accounttype=account_type if role is None else None,
            roleid=role,
        )["account"]
        user = account["user"][0]
        keys = admin.call("registerUserKeys", method="POST", id=user["id"])["userkeys"]
        client = Client(server.url, keys["apikey"], keys["secretkey"])
        client.account, client.user, client.password = account, user, "Secret-" + name
        return client

    return make


@pytest.fixture(scope="session")
def new_domain(admin):
    """Makes domains below the root."""

    def make():
        return admin.call("createDomain", method="POST", name=f"d{os.getpid()}-{next(numbers)}")["domain"]

    return make


@pytest.fixture
def totals(admin):
    """What a bad request must not change: how many there are of each kind."""
    commands = ("listBackups", "listBackupOfferings", "listVirtualMachines", "listVolumes", "listAccounts", "listUsers")

    def count():
        found = {command: admin.count(command, listall="true", page=1, pagesize=1) for command in commands}
        pending = admin.items("listAsyncJobs", listall="true")
        found["pending jobs"] = sum(1 for job in pending if job["jobstatus"] == 0)
        return found

    return count


@pytest.fixture
def nothing_changes(totals):
    """Fails the test when it left something behind."""
    before = totals()
    yield
    after = totals()
    assert after == before, f"a refused request left something behind: {before} became {after}"


def pytest_sessionfinish(session, exitstatus):
    """Where CI is set a skipped test is a failure: nothing goes unnoticed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and exitstatus == 0 and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
