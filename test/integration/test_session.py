# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Login, session key, logout."""

import pytest
import requests

from client import LoginSession
from conftest import ADMIN_PASSWORD

UNVERIFIED = "unable to verify user credentials"


@pytest.fixture
def session(server):
    """A logged-in administrator."""
    opened = LoginSession(server.url)
    reply = opened.login("admin", ADMIN_PASSWORD)
    assert reply.status_code == 200, reply.text
    opened.reply = reply
    return opened


def test_login_tells_who_came(session):
    answer = session.reply.json()["loginresponse"]
    assert answer["username"] == "admin" and answer["type"] == "1" and answer["sessionkey"]
    assert {"userid", "domainid", "timeout", "account", "firstname", "lastname", "registered"} <= set(answer)
    assert session.raw("listZones").status_code == 200


def test_login_cookies_are_out_of_reach_of_scripts(session):
    cookies = session.reply.raw.headers.getlist("Set-Cookie")
    by_name = {cookie.split("=", 1)[0]: cookie.lower() for cookie in cookies}
    assert "httponly" in by_name["JSESSIONID"]
    assert "httponly" in by_name["sessionkey"] and "samesite=lax" in by_name["sessionkey"]


@pytest.mark.parametrize("domain", ["", "/", "ROOT", "/ROOT/"])
def test_the_root_domain_has_several_spellings(server, domain):
    assert LoginSession(server.url).login("admin", ADMIN_PASSWORD, domain).status_code == 200


def test_login_is_found_whatever_its_case(server):
    form = {"command": "LOGIN", "username": "admin", "password": ADMIN_PASSWORD, "response": "json"}
    assert requests.post(server.url, data=form, timeout=60).status_code == 200


def test_login_by_get_is_refused_in_plain_text(server):
    query = {"command": "login", "username": "admin", "password": ADMIN_PASSWORD, "response": "json"}
    reply = requests.get(server.url, params=query, timeout=60)
    assert reply.status_code == 405
    assert not reply.text.lstrip().startswith("{") and not reply.cookies


@pytest.mark.parametrize(("username", "password"), [("admin", "wrong"), ("nobody", "wrong")])
def test_a_wrong_login_does_not_tell_what_was_wrong(server, username, password):
    reply = LoginSession(server.url).login(username, password)
    assert reply.status_code == 531
    error = reply.json()["loginresponse"]
    assert error["errorcode"] == 531 and error["uuidList"] == []
    assert error["errortext"].startswith(f"Failed to authenticate user {username} in domain ")
    assert error["errortext"].endswith("; please provide valid credentials")
    assert "JSESSIONID" not in reply.cookies


def test_a_wrong_session_key_ends_the_session(session):
    reply = session.raw("listBackups", key="wrong")
    wanted = {"listbackupsresponse": {"uuidList": [], "errorcode": 401, "errortext": UNVERIFIED}}
    assert (reply.status_code, reply.json()) == (401, wanted)
    assert session.raw("listBackups").status_code == 401, "the right key comes too late"


def test_a_missing_session_key_is_refused(session):
    query = {"command": "listBackups", "response": "json"}
    assert session.http.get(session.url, params=query, timeout=60).status_code == 401


def test_the_key_without_the_cookie_is_refused(session):
    query = {"command": "listBackups", "response": "json", "sessionkey": session.key}
    assert requests.get(session.url, params=query, timeout=60).status_code == 401


def test_the_key_in_the_query_alone_is_refused(session):
    http = requests.Session()
    http.cookies.set("JSESSIONID", session.http.cookies["JSESSIONID"])
    query = {"command": "listBackups", "response": "json", "sessionkey": session.key}
    assert http.get(session.url, params=query, timeout=60).status_code == 401


def test_a_session_key_is_dead_after_logout(session):
    stolen = dict(session.http.cookies)
    reply = session.raw("logout")
    assert (reply.status_code, reply.json()) == (200, {"logoutresponse": {"description": "success"}})
    query = {"command": "listBackups", "response": "json", "sessionkey": session.key}
    assert requests.get(session.url, params=query, cookies=stolen, timeout=60).status_code == 401


def test_one_sessions_key_does_not_open_another(server, session):
    other = LoginSession(server.url)
    other.login("admin", ADMIN_PASSWORD)
    assert other.key != session.key
    assert session.raw("listBackups", key=other.key).status_code == 401


def test_unknown_and_forbidden_commands_of_a_session(server, session, new_user):
    text = "Unknown API command: noSuchThing"
    wanted = {"uuidList": [], "errorcode": 432, "cserrorcode": 9999, "errortext": text}
    reply = session.raw("noSuchThing")
    assert (reply.status_code, reply.json()) == (432, {"errorresponse": wanted})
    user = new_user()
    as_user = LoginSession(server.url)
    assert as_user.login(user.user["username"], user.password).status_code == 200
    reply = as_user.raw("listBackupProviders")
    assert (reply.status_code, list(reply.json())) == (432, ["errorresponse"])
    assert reply.json()["errorresponse"]["cserrorcode"] == 9999
