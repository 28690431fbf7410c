# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Limits of requests, set while the server runs."""

import pytest

from client import LoginSession, await_value, check_error, in_minutes
from conftest import ADMIN_PASSWORD


@pytest.fixture
def settings(admin):
    """Sets settings for one test; a change is seen within two seconds."""
    changed = []

    def change(**values):
        for name, value in values.items():
            name = name.replace("_", ".")
            changed.append(name)
            admin.call("updateConfiguration", method="POST", name=name, value=value)

    yield change
    for name in changed:
        admin.call(
            "resetConfiguration", method="POST", name=name, signatureVersion="3", expires=in_minutes(10)
        )


def test_a_hasty_account_has_to_wait(admin, settings, new_user):
    user, other = new_user(), new_user()
    settings(api_throttling_interval="600", api_throttling_max="3", api_throttling_enabled="true")
    for issued in (1, 2, 3):
        limit = user.call("getApiLimit")["apilimit"]
        assert limit["apiAllowed"] == 3 and limit["apiIssued"] == issued and 0 < limit["expireAfter"] <= 600, limit
        assert limit["account"] == user.account["name"] and limit["accountid"] == user.account["id"]
    reply = user.raw("listBackups")
    assert reply.status_code == 429 and 0 < int(reply.headers["Retry-After"]) <= 600
    error = reply.json()["listbackupsresponse"]
    check_error(error, reply)
    assert error["cserrorcode"] == 4545
    capability = other.call("listCapabilities")["capability"]
    assert (capability["apilimitinterval"], capability["apilimitmax"]) == (600, 3)
    for _ in range(5):
        admin.call("listBackups")
    assert user.raw("resetApiLimit").status_code == 429
    assert admin.call("resetApiLimit", method="POST", account=user.account["id"]) == {"success": True}
    assert user.call("listBackups") == {}


def test_nothing_is_limited_without_the_setting(new_user):
    user = new_user()
    for _ in range(30):
        user.call("listBackups")
    assert user.call("getApiLimit")["apilimit"]["apiAllowed"] == -1
    assert "apilimitmax" not in user.call("listCapabilities")["capability"]


def test_enforced_post_and_expiry(server, admin, settings):
    settings(enforce_post_requests_and_timestamps="true")
    await_value(lambda: admin.raw("listZones").status_code == 401, 10, "requests without expiry to be refused")
    signed = {"signatureVersion": "3", "expires": in_minutes(10)}
    assert admin.raw("listZones", signatureVersion="3", expires=in_minutes(20)).status_code == 401
    assert admin.raw("listZones", **signed).status_code == 200
    error = admin.refused("createDomain", 400, name="by-get", **signed)
    assert "POST" in error["errortext"]
    assert not admin.items("listDomains", name="by-get", listall="true", **signed)
    session = LoginSession(server.url)
    assert session.login("admin", ADMIN_PASSWORD).status_code == 200
    assert session.raw("listZones").status_code == 200
    assert session.raw("createDomain", name="by-get").status_code == 400


def test_where_the_session_key_is_looked_for(server, settings):
    session = LoginSession(server.url)
    session.login("admin", ADMIN_PASSWORD)
    query = {"command": "listZones", "response": "json"}
    settings(api_sessionkey_check_locations="CookieOrParameter")

    def without_parameter():
        return session.http.get(server.url, params=query, timeout=30).status_code

    def accepted():
        session.login("admin", ADMIN_PASSWORD)
        return without_parameter() == 200

    await_value(accepted, 10, "the cookie alone to be enough", interval=0.5)
