# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Limits of backups and backup storage: who may set them, what they refuse, and what is shown of them."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import assign, back_up, backups_of, deploy

BACKUP = 12
STORAGE = 13


def limits_of(client, **params):
    """The limits by name of their type."""
    return {each["resourcetypename"]: each["max"] for each in client.items("listResourceLimits", **params)}


@pytest.fixture
def tenant(admin, new_user, new_domain, zone, offering):
    """A user in a domain of its own, with a protected VM."""
    domain = new_domain()
    user = new_user(domain=domain)
    user.domain = domain
    user.vm = deploy(user, zone)
    assign(user, user.vm, offering)
    return user


def limit(admin, tenant, resource_type, maximum):
    """Sets a limit of the tenant's account."""
    return admin.call(
        "updateResourceLimit",
        method="POST",
        account=tenant.account["name"],
        domainid=tenant.domain["id"],
        resourcetype=resource_type,
        max=maximum,
    )["resourcelimit"]


def test_a_limit_is_set_shown_and_kept(admin, tenant):
    shown = limit(admin, tenant, BACKUP, 1)
    assert (shown["max"], shown["resourcetype"], shown["resourcetypename"]) == (1, "12", "backup"), shown
    assert (shown["account"], shown["domainid"]) == (tenant.account["name"], tenant.domain["id"]), shown
    assert limits_of(tenant) == {"backup": 1, "backup_storage": 400}
    assert limits_of(tenant, resourcetype=STORAGE) == {"backup_storage": 400}
    back_up(tenant, tenant.vm)
    error = tenant.refused("createBackup", 535, virtualmachineid=tenant.vm["id"])
    assert error["cserrorcode"] == 4370, error
    assert "'backup' for Account Name" in error["errortext"] and "Account Resource Limit = 1" in error["errortext"], error
    [account] = tenant.items("listAccounts")
    assert (account["backuplimit"], account["backuptotal"], account["backupavailable"]) == ("1", 1, "0"), account
    assert account["backupstoragelimit"] == "400" and account["backupstoragetotal"] == 1, account
    [backup] = backups_of(tenant, tenant.vm)
    tenant.run("deleteBackup", id=backup["id"])
    back_up(tenant, tenant.vm)


def test_parallel_backups_do_not_exceed_a_limit(admin, tenant, zone, offering):
    vms = [tenant.vm] + [deploy(tenant, zone) for _ in range(3)]
    for vm in vms[1:]:
        assign(tenant, vm, offering)
    limit(admin, tenant, BACKUP, 2)
    with ThreadPoolExecutor(len(vms)) as threads:
        answers = list(threads.map(lambda vm: tenant.raw("createBackup", virtualmachineid=vm["id"]), vms))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 535, 535], [answer.text for answer in answers]
    for answer in answers:
        if answer.status_code == 200:
            assert tenant.job(answer.json()["createbackupresponse"]["jobid"])["jobstatus"] == 1
    assert tenant.count("listBackups") == 2


def test_a_domain_limits_all_in_it_and_tells_no_numbers_of_others(admin, tenant, new_user, zone, offering):
    other = new_user(domain=tenant.domain)
    vm = deploy(other, zone)
    assign(other, vm, offering)
    back_up(other, vm)
    shown = admin.call("updateResourceLimit", domainid=tenant.domain["id"], resourcetype=BACKUP, max=1)["resourcelimit"]
    assert "account" not in shown and shown["domain"] == tenant.domain["name"], shown
    error = tenant.refused("createBackup", 535, virtualmachineid=tenant.vm["id"])
    assert "Domain Resource Limit = 1" in error["errortext"] and "Current" not in error["errortext"], error
    [domain] = admin.items("listDomains", id=tenant.domain["id"])
    assert (domain["backuplimit"], domain["backuptotal"], domain["backupavailable"]) == ("1", 1, "0"), domain
    admin.call("updateResourceLimit", domainid=tenant.domain["id"], resourcetype=BACKUP, max=-1)
    back_up(tenant, tenant.vm)
    [domain] = admin.items("listDomains", id=tenant.domain["id"])
    assert (domain["backuplimit"], domain["backuptotal"], domain["backupavailable"]) == ("Unlimited", 2, "Unlimited")
    counted = admin.items("updateResourceCount", domainid=tenant.domain["id"])
    assert {each["resourcetypename"]: each["resourcecount"] for each in counted}["backup"] == 2, counted


def test_root_admins_have_no_limits(admin):
    assert limits_of(admin) == {"backup": -1, "backup_storage": -1}
    account = admin.items("listAccounts", name="admin")[0]
    assert account["backuplimit"] == "Unlimited" and account["backupstorageavailable"] == "Unlimited", account
    error = admin.refused("updateResourceLimit", 431, account="admin", resourcetype=BACKUP, max=3)
    assert "root admin" in error["errortext"], error


def test_who_may_set_limits(admin, tenant, new_user, new_domain):
    manager = new_user(account_type=2, domain=tenant.domain)
    mine = {"account": tenant.account["name"], "domainid": tenant.domain["id"], "resourcetype": BACKUP}
    assert tenant.envelope("updateResourceLimit", max=5, **mine)[0] in (401, 432), "users may not call it"
    assert manager.call("updateResourceLimit", max=5, **mine)["resourcelimit"]["max"] == 5
    error = manager.refused("updateResourceLimit", 431, max=41, **mine)
    assert "has a limit of 40" in error["errortext"], error
    manager.refused("updateResourceLimit", 431, max=-1, **mine)
    manager.refused("updateResourceLimit", 531, domainid=tenant.domain["id"], resourcetype=BACKUP, max=5)
    manager.refused(
        "updateResourceLimit", 531, account=manager.account["name"], domainid=tenant.domain["id"], resourcetype=BACKUP, max=5
    )
    elsewhere = new_domain()
    manager.refused("updateResourceLimit", 431, domainid=elsewhere["id"], resourcetype=BACKUP, max=5)
    manager.refused("listResourceLimits", 431, domainid=elsewhere["id"])
    stranger = new_user(domain=elsewhere)
    stranger.refused("listResourceLimits", 431, account=tenant.account["name"], domainid=tenant.domain["id"])
    for bad in ({"resourcetype": 99, "max": 1}, {"resourcetype": BACKUP, "max": -2}, {"max": 1}):
        admin.refused("updateResourceLimit", 431, domainid=elsewhere["id"], **bad)


def test_a_project_has_limits_of_its_own(admin, tenant):
    project = tenant.run("createProject", name=f"p-{tenant.account['name']}", displaytext="p")["project"]
    assert limits_of(tenant, projectid=project["id"]) == {"backup": 20, "backup_storage": 400}
    admin.call("updateResourceLimit", projectid=project["id"], resourcetype=STORAGE, max=7)
    [shown] = tenant.items("listProjects", id=project["id"])
    assert (shown["backupstoragelimit"], shown["backupstoragetotal"], shown["backuplimit"]) == ("7", 0, "20"), shown
    [entry] = tenant.items("listResourceLimits", projectid=project["id"], resourcetypename="backup_storage")
    assert (entry["project"], entry["max"]) == (project["name"], 7) and "account" not in entry, entry
