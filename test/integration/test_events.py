# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Events put aside and forgotten, as CloudStack's UI and cmk do it, and work that hangs."""

from datetime import datetime, timedelta, timezone

import pytest

from client import await_value
from conftest import assign, deploy


def at(instant):
    """The instant as a parameter."""
    return f"{instant:%Y-%m-%dT%H:%M:%S+0000}"


@pytest.fixture
def owner(new_user, zone):
    """A user who has events of his own: a VM was made for him."""
    user = new_user()
    user.vm = deploy(user, zone)
    assert user.items("listEvents")
    return user


def ids(client, **params):
    """The ids of the listed events, newest first."""
    return [each["id"] for each in client.items("listEvents", **params)]


def test_an_archived_event_is_kept_out_of_the_list(owner):
    first, *others = ids(owner)
    assert owner.call("archiveEvents", ids=first)["success"] in (True, "true")
    assert ids(owner) == others
    assert ids(owner, archived="true") == [first]
    [shown] = owner.items("listEvents", id=first)
    assert shown["archived"] is True
    assert all(each["archived"] is False for each in owner.items("listEvents"))
    owner.call("archiveEvents", ids=first)  # once more changes nothing
    assert owner.call("deleteEvents", ids=first)["success"] in (True, "true")
    assert ids(owner, archived="true") == [] and ids(owner) == others
    owner.refused("deleteEvents", 431, ids=first)


def test_events_are_chosen_by_type_and_date(owner):
    before = owner.items("listEvents")
    kind = before[0]["type"]
    of_kind = [each["id"] for each in before if each["type"] == kind]
    past, future = (datetime.now(timezone.utc) + timedelta(days=days) for days in (-1, 1))
    owner.call("deleteEvents", type=kind, startdate=at(past - timedelta(days=1)), enddate=at(past))
    assert ids(owner) == [each["id"] for each in before], "none is so old"
    owner.call("archiveEvents", type=kind, startdate=at(past), enddate=at(future))
    assert ids(owner, archived="true") == of_kind
    owner.call("deleteEvents", enddate=at(future))
    assert ids(owner) == [] and ids(owner, archived="true") == []


def test_a_choice_needs_something_that_restricts(owner):
    before = ids(owner)
    for command in ("archiveEvents", "deleteEvents"):
        assert "ids" in owner.refused(command, 431)["errortext"]
        assert "enddate" in owner.refused(command, 431, type="VM.CREATE", startdate="2025-01-01")["errortext"]
        assert "after" in owner.refused(command, 431, startdate="2025-01-02", enddate="2025-01-01")["errortext"]
    assert ids(owner) == before


def test_nobody_touches_the_events_of_others(admin, owner, new_user, new_domain):
    theirs = ids(owner)
    domain = new_domain()
    strangers = [new_user(), new_user(account_type=2, domain=domain)]
    tomorrow = at(datetime.now(timezone.utc) + timedelta(days=1))
    for stranger in strangers:
        for command in ("archiveEvents", "deleteEvents"):
            stranger.refused(command, 431, ids=theirs[0])
            assert stranger.call(command, enddate=tomorrow)["success"] in (True, "true")
    assert ids(owner) == theirs and ids(owner, archived="true") == []
    admin.call("archiveEvents", ids=",".join(theirs))
    assert ids(owner, archived="true") == theirs, "an administrator may"


def test_the_domain_administrator_reaches_the_domain_only(admin, new_user, new_domain, zone):
    domain = new_domain()
    member, chief, outsider = new_user(domain=domain), new_user(account_type=2, domain=domain), new_user()
    for user in (member, outsider):
        deploy(user, zone)
    kept = ids(outsider)
    chief.call("deleteEvents", enddate=at(datetime.now(timezone.utc) + timedelta(days=1)))
    assert ids(member) == [] and ids(outsider) == kept


def test_work_that_has_not_ended_is_found(owner, admin, zone, offering):
    assign(owner, owner.vm, offering)
    admin.call("updateConfiguration", name="backup.plugin.dummy.delay", value=10, zoneid=zone["id"])
    try:
        job = owner.call("createBackup", virtualmachineid=owner.vm["id"])["jobid"]

        def pending():
            return {each["type"] for each in owner.items("listEvents", entrytime=600, duration=0)}

        await_value(lambda: "BACKUP.CREATE" in pending(), 60, "the backup to be told as pending")
        assert owner.items("listEvents", entrytime=600, duration=500) == [], "nothing began so long ago"
        owner.job(job)
        assert "BACKUP.CREATE" not in pending()
    finally:
        admin.call("resetConfiguration", name="backup.plugin.dummy.delay", zoneid=zone["id"])
    owner.refused("listEvents", 431, entrytime=10)
    owner.refused("listEvents", 431, entrytime=10, duration=10)
