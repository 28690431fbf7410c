# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Requests no honest client sends. None may leave anything behind or disturb the others."""

import collections
import http.client
import json
import os
import socket
import threading
import time
import urllib.parse

import pytest
import requests

from client import Client, LoginSession, await_value, in_minutes, signature
from conftest import ADMIN_PASSWORD, assign, back_up, volumes_of

UNKNOWN = "6f1c9a52-0000-4000-8000-00000000dead"
MEBIBYTE = 1 << 20
pytestmark = pytest.mark.usefixtures("nothing_changes")


@pytest.fixture(scope="module")
def own_vm(admin, zone, offering):
    """A VM under the offering with a backup, made before anything is counted."""
    from conftest import deploy

    vm = deploy(admin, zone)
    assign(admin, vm, offering)
    back_up(admin, vm)
    return vm


def signed_form(admin, **params):
    """A signed form as text."""
    form = {"apiKey": admin.key, "response": "json", **params}
    form["signature"] = signature(form, admin.secret)
    return urllib.parse.urlencode(form)


def post(server, body, length=None, kind="application/x-www-form-urlencoded"):
    """Sends a body over a raw socket, with any Content-Length, ends the sending side, and gives the reply's bytes."""
    head = f"POST /client/api HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\nConnection: close\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=40) as connection:
        connection.sendall(f"{head}Content-Length: {length or len(body)}\r\n\r\n".encode() + body)
        connection.shutdown(socket.SHUT_WR)
        received = b""
        try:
            while part := connection.recv(65536):
                received += part
        except ConnectionError:
            # The server may drop a connection whose request never came whole.
            pass
        return received


def test_an_unknown_command(admin):
    assert admin.raw("noSuchThing", id="1").status_code == 401


@pytest.mark.parametrize(
    ("command", "params"),
    [
        ("listBackups", {"page": "x", "pagesize": "10"}),
        ("listBackups", {"page": "1"}),
        ("listBackups", {"pagesize": "10", "page": "-1"}),
        ("listBackups", {"page": "1", "pagesize": "-1"}),
        ("listBackups", {"page": "1", "pagesize": "99999999999999999999"}),
        ("listBackups", {"zoneid": "../../etc/passwd"}),
        ("deleteBackup", {"id": UNKNOWN}),
        ("restoreBackup", {"id": "null"}),
        ("createVMFromBackup", {"backupid": UNKNOWN, "zoneid": UNKNOWN}),
        ("queryAsyncJobResult", {"jobid": "1; DROP TABLE backups"}),
    ],
)
def test_malformed_parameters(admin, command, params):
    admin.refused(command, 431, **params)


def test_a_page_larger_than_the_largest(admin):
    """CloudStack has 530 here, not 431; clients know it so."""
    error = admin.refused("listBackups", 530, page=1, pagesize=501)
    assert "500" in str(error), error


@pytest.mark.parametrize("broken", ["details[0.key", "details[].key", "details[x].key", "details]0[.key"])
def test_broken_map_brackets(admin, own_vm, broken):
    admin.refused("updateVirtualMachine", 430, id=own_vm["id"], **{broken: "v"})


@pytest.mark.parametrize("size", [-1, 0, -(2**63), "9" * 30, "1e3", "ten"])
def test_impossible_sizes(admin, zone, own_vm, size):
    offering = next(each for each in admin.items("listDiskOfferings") if each.get("iscustomized"))
    params = {"name": "v", "zoneid": zone["id"], "diskofferingid": offering["id"], "size": size}
    error = admin.fails("createVolume", **params)
    assert error.code in (430, 431), error
    [root] = volumes_of(admin, own_vm)
    assert admin.fails("resizeVolume", id=root["id"], size=size).code in (430, 431)


def test_a_page_past_the_end(admin, own_vm):
    for page in (2, 10**6, 2**31 - 1):
        reply = admin.raw("listBackups", virtualmachineid=own_vm["id"], page=page, pagesize=500)
        assert (reply.status_code, reply.text.strip()) == (200, '{"listbackupsresponse":{"count":1}}')


CONTROL_CHARACTERS = ["a\x00b", "a\x07b", "a\x1bb", "a\x7fb"]


@pytest.mark.parametrize("name", CONTROL_CHARACTERS)
def test_control_characters(admin, zone, own_vm, name):
    admin.refused("createBackup", 431, virtualmachineid=own_vm["id"], name=name)
    admin.refused("listBackups", 431, keyword=name)


def test_line_breaks_do_not_reach_headers_or_the_log(server, admin, own_vm):
    lines = len(server.lines)
    reply = admin.raw("createBackup", virtualmachineid="x\r\nX-Injected: yes\r\n\r\n2026 INFO forged line")
    assert reply.status_code == 431 and "X-Injected" not in reply.headers
    assert not [line for line in server.lines[lines:] if line.startswith(("X-Injected", "2026 INFO forged"))]


PATHS = ["../../x", "/etc/passwd", "..\\..\\x", "a/../../b", "%2e%2e%2fx", "."]


@pytest.mark.parametrize("path", PATHS)
def test_path_like_names_are_only_names(server, admin, zone, own_vm, path):
    outside = sorted(server.data.parent.iterdir())
    made = back_up(admin, own_vm, name=path, description=path)
    assert made["name"] == path and made["description"] == path
    assert admin.run("deleteBackup", id=made["id"]) == {"success": True}
    for params in (
        {"backupid": path, "volumeid": UNKNOWN, "virtualmachineid": own_vm["id"]},
        {"backupid": admin.items("listBackups", virtualmachineid=own_vm["id"])[0]["id"], "volumeid": path}
        | {"virtualmachineid": own_vm["id"]},
    ):
        admin.fails("restoreVolumeFromBackupAndAttachToVM", **params)
    common = {"description": "d", "zoneid": zone["id"], "allowuserdrivenbackups": "true"}
    admin.fails("importBackupOffering", name="p", externalid=path, **common)
    assert sorted(server.data.parent.iterdir()) == outside
    # A walk passes over folders that vanish meanwhile.
    assert all("x" not in (*folders, *files) for _, folders, files in os.walk(server.data))


def test_a_path_like_vm_name_is_refused(admin, zone):
    error = admin.fails(
        "deployVirtualMachine",
        zoneid=zone["id"],
        serviceofferingid=admin.items("listServiceOfferings")[0]["id"],
        templateid=admin.items("listTemplates", templatefilter="executable")[0]["id"],
        name="../../x",
    )
    assert error.code == 431, error


def test_a_string_that_is_too_long(admin, own_vm):
    admin.refused("createBackup", 431, method="POST", virtualmachineid=own_vm["id"], name="n" * 256)


def test_an_oversize_body(server, admin, own_vm):
    body = signed_form(admin, command="createBackup", virtualmachineid=own_vm["id"], name="n" * MEBIBYTE).encode()
    assert len(body) > MEBIBYTE
    status = int(post(server, body).split(b" ", 2)[1])
    assert 400 <= status < 500, status
    assert admin.raw("listZones").status_code == 200


def test_an_endless_body_is_cut_off(server):
    """Sends chunks without an end: the server must answer or hang up after about 1 MiB, not collect them."""
    sent = 0
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(
            b"POST /client/api HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"
        )
        chunk = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
        try:
            while sent < 256 * MEBIBYTE:
                connection.sendall(chunk)
                sent += 0x10000
        except OSError:
            pass
    assert sent < 256 * MEBIBYTE, "the server took 256 MiB"


def test_too_many_keys(server, admin):
    many = {f"k{number}": "v" for number in range(5001)}
    reply = admin.raw("listZones", method="POST", **many)
    assert 400 <= reply.status_code < 500, reply.status_code
    few = {f"k{number}": "v" for number in range(4900)}
    assert admin.raw("listZones", method="POST", **few).status_code == 200


def test_a_truncated_form(server, admin, own_vm):
    """The form that arrived is whole and signed, but the announced length says that more was meant."""
    body = signed_form(admin, command="createBackup", virtualmachineid=own_vm["id"]).encode()
    reply = post(server, body, length=len(body) + 100)
    assert not reply or 400 <= int(reply.split(b" ", 2)[1]) < 500, reply[:300]
    for cut in (1, len(body) // 2, len(body) - 1):
        reply = post(server, body[:cut], length=len(body))
        assert not reply or 400 <= int(reply.split(b" ", 2)[1]) < 500, reply[:300]


@pytest.mark.parametrize(
    "body", [b"%", b"command=%zz", b"command=listZones&a=%ff%fe", b"&&&===&", b"\xff\xfe\x00", b"command=\x00"]
)
def test_broken_encodings(server, body):
    status = int(post(server, body).split(b" ", 2)[1])
    assert 400 <= status < 500, status


def test_bodies_that_are_no_forms(server, admin):
    for kind in ("application/json", "multipart/form-data", "text/plain"):
        status = int(post(server, b'{"command":"listZones"}', kind=kind).split(b" ", 2)[1])
        assert 400 <= status < 500, (kind, status)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods(server, admin, method):
    params = {"command": "listZones", "apiKey": admin.key, "response": "json"}
    params["signature"] = signature(params, admin.secret)
    assert requests.request(method, server.url, params=params, timeout=60).status_code in (404, 405, 501)


@pytest.mark.parametrize("path", ["/client/api/../../etc/passwd", "/client/api%00", "/..%2f..%2fetc/passwd", "/client"])
def test_other_paths(server, path):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", path)
    reply = connection.getresponse()
    assert 300 <= reply.status < 500 and b"root:" not in reply.read()
    connection.close()


def test_bad_signatures_and_expired_requests_start_nothing(server, admin, own_vm):
    forger = Client(server.url, admin.key, "x" * 86)
    assert forger.raw("createBackup", virtualmachineid=own_vm["id"]).status_code == 401
    expired = {"signatureVersion": "3", "expires": in_minutes(-1), "virtualmachineid": own_vm["id"]}
    assert admin.raw("createBackup", **expired).status_code == 401


def test_a_replayed_session_key_starts_nothing(server, own_vm):
    session = LoginSession(server.url)
    assert session.login("admin", ADMIN_PASSWORD).status_code == 200
    cookies = dict(session.http.cookies)
    session.raw("logout")
    query = {"command": "createBackup", "virtualmachineid": own_vm["id"], "sessionkey": session.key}
    reply = requests.get(server.url, params={**query, "response": "json"}, cookies=cookies, timeout=60)
    assert reply.status_code == 401


def test_the_same_customjobid_twice_starts_one_job(admin, own_vm, totals):
    chosen = "7d4e6f90-1111-4222-8333-944455566677"
    made = admin.call("createBackup", virtualmachineid=own_vm["id"], customjobid=chosen)
    assert made["jobid"] == chosen and admin.job(chosen)["jobstatus"] == 1
    status, _ = admin.envelope("createBackup", virtualmachineid=own_vm["id"], customjobid=chosen)
    assert 400 <= status < 600
    newest = admin.items("listBackups", virtualmachineid=own_vm["id"])[-1]
    assert admin.run("deleteBackup", id=newest["id"]) == {"success": True}


def test_ten_thousand_wrong_logins(server, admin):
    """64 connections guess passwords; all are turned away and signed calls go on as if nothing were."""
    total, connections = 10_000, 64
    answers, lock, over = collections.Counter(), threading.Lock(), threading.Event()
    good = []

    def guess(worker):
        link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=300)
        seen = collections.Counter()
        for number in range(worker, total, connections):
            form = urllib.parse.urlencode(
                {"command": "login", "username": "admin", "password": f"guess{number}", "response": "json"}
            )
            try:
                link.request("POST", "/client/api", form, {"Content-Type": "application/x-www-form-urlencoded"})
                reply = link.getresponse()
                body = reply.read()
                seen[reply.status] += 1
                if reply.getheader("Content-Type", "").startswith("application/json"):
                    json.loads(body)
            except (OSError, http.client.HTTPException) as problem:
                seen[type(problem).__name__] += 1
                link.close()
        link.close()
        with lock:
            answers.update(seen)

    def work_honestly():
        while not over.is_set():
            begin = time.monotonic()
            status = admin.raw("listZones").status_code
            good.append((status, time.monotonic() - begin))
            over.wait(0.05)

    begin = time.monotonic()
    honest = threading.Thread(target=work_honestly)
    guessers = [threading.Thread(target=guess, args=(worker,)) for worker in range(connections)]
    honest.start()
    for each in guessers:
        each.start()
    for each in guessers:
        each.join()
    over.set()
    honest.join()
    seconds = time.monotonic() - begin

    assert sum(answers.values()) == total
    assert set(answers) <= {401, 429, 531}, f"answers to wrong logins: {dict(answers)}"
    assert answers[429] + answers[401] > 0, f"nothing was throttled: {dict(answers)}"
    assert seconds < 600, f"{total} wrong logins took {seconds:.0f} s"
    times = sorted(duration for _, duration in good)
    assert {status for status, _ in good} == {200}, collections.Counter(status for status, _ in good)
    assert len(times) >= 10 and times[int(len(times) * 0.95)] < 10, f"signed calls were slow: {times[-5:]}"
    await_value(lambda: server.get("/readyz").status_code == 200, 60, "/readyz to answer 200")

    def login_works():
        return LoginSession(server.url).login("admin", ADMIN_PASSWORD).status_code == 200

    await_value(login_works, 120, "the right password to be let in again", interval=1)


def test_settings_refuse_numbers_below_their_least_and_names_of_nothing(admin):
    for name, value, allowed in (
        ("backup.framework.provider.plugin", "dumy", "dummy"),
        ("backup.framework.schedule.attempts", "0", "from 1"),
        ("backup.framework.schedule.poll.interval", "0", "from 1"),
        ("backup.framework.schedule.concurrency.zone", "-1", "from 0"),
        ("backup.framework.schedule.concurrency.provider", "-1", "from 0"),
        ("job.expire.minutes", "0", "from 1"),
        ("api.throttling.max", "-5", "from 1"),
        ("api.throttling.interval", "0", "from 1"),
    ):
        text = admin.refused("updateConfiguration", 431, name=name, value=value)["errortext"]
        assert name in text and allowed in text, text
