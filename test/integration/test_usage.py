# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Usage records of backups against the real server."""

from datetime import datetime, timedelta, timezone
from fractions import Fraction

import pytest

from client import in_minutes
from conftest import assign, back_up, deploy


def records(client, **params):
    """Records of the hours around now."""
    return client.items(
        "listUsageRecords", **{"startdate": in_minutes(-60), "enddate": in_minutes(60), "type": 28, **params}
    )


@pytest.fixture
def tenant(new_user, new_domain, zone, offering):
    """A user in a domain of its own, with a protected VM."""
    domain = new_domain()
    user = new_user(domain=domain)
    user.domain = domain
    user.vm = deploy(user, zone)
    assign(user, user.vm, offering)
    return user


def test_a_record_has_every_field(admin, tenant, offering, zone):
    [before] = records(admin, usageid=tenant.vm["id"])
    assert (before["size"], before["virtualsize"]) == (0, 0), "assigned and without backups"
    backup = back_up(tenant, tenant.vm)
    [record] = records(admin, usageid=tenant.vm["id"])
    assert record["usagetype"] == 28 and record["usageid"] == tenant.vm["id"] and record["name"] == tenant.vm["name"]
    assert record["offeringid"] == offering["id"] and record["zoneid"] == zone["id"]
    assert (record["account"], record["accountid"]) == (tenant.account["name"], tenant.account["id"])
    assert (record["domain"], record["domainid"]) == (tenant.domain["name"], tenant.domain["id"])
    assert record["usage"] == record["rawusage"] + " Hrs" and 0 < Fraction(record["rawusage"]) < 1, record
    assert tenant.vm["name"] in record["description"] and {"startdate", "enddate"} <= set(record)
    assert 0 <= record["size"] <= backup["size"] and 0 <= record["virtualsize"] <= backup["virtualsize"]
    tenant.run("removeVirtualMachineFromBackupOffering", virtualmachineid=tenant.vm["id"])
    tenant.run("deleteBackup", id=backup["id"])
    [ended] = records(admin, usageid=tenant.vm["id"])
    [later] = records(admin, usageid=tenant.vm["id"])
    assert ended == {**later, "startdate": ended["startdate"], "enddate": ended["enddate"]}, "it grows no more"


def test_scope_type_paging_and_bounds(admin, tenant, new_user, new_domain, zone, offering):
    manager = new_user(account_type=2, domain=tenant.domain)
    other_vm = deploy(tenant, zone)
    assign(tenant, other_vm, offering)
    assert {each["usageid"] for each in records(manager)} == {tenant.vm["id"], other_vm["id"]}
    assert records(new_user(account_type=2, domain=new_domain())) == []
    interval = {"startdate": in_minutes(-60), "enddate": in_minutes(1)}
    page = manager.call("listUsageRecords", page=2, pagesize=1, **interval)
    assert page["count"] == 2 and [each["usageid"] for each in page["usagerecord"]] == [other_vm["id"]], page
    assert manager.call("listUsageRecords", type=1, **interval) == {}
    assert len(records(admin, accountid=tenant.account["id"])) == 2
    assert len(records(admin, account=tenant.account["name"], domainid=tenant.domain["id"])) == 2
    assert records(admin, startdate=in_minutes(-600), enddate=in_minutes(-500), domainid=tenant.domain["id"]) == []
    today = datetime.now(timezone.utc).date()
    assert len(records(manager, startdate=today - timedelta(days=1), enddate=today)) == 2, "a day ends at its end"
    manager.refused("listUsageRecords", 431, startdate=in_minutes(1), enddate=in_minutes(0))
    manager.refused("listUsageRecords", 431, startdate=in_minutes(1))
    assert tenant.envelope("listUsageRecords", **interval)[0] in (401, 432), "users may not call it"


def test_the_commands_around_it(admin, tenant):
    [kind] = tenant.items("listUsageTypes")
    assert (kind["id"], kind["name"]) == (28, "Backup"), kind
    answer = admin.call("generateUsageRecords", startdate="2026-01-01", enddate="2026-01-02")
    assert answer["success"] in (True, "true"), answer
