# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Alerts: raised once per cause, listed, told by webhook and mail, resolved; also after the server was killed."""

import email
import email.policy
import hashlib
import hmac
import json
import signal
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from aiosmtpd.controller import Controller

from client import await_value
from conftest import assign, back_up, deploy, import_offering
from processes import free_port
from test_schedules import await_instant, coming_minute, put

FAILED = "1001"
SECRET = "webhook-s3cret"
# What is told a second time because the answer came late looks like what is told twice.
PATIENT_WEBHOOK = {"alert__webhook__timeout": 120}
PATIENT_MAIL = {"alert__smtp__timeout": 120_000}


class Webhook:
    """A receiver of posted alerts; answers what it is told to."""

    def __init__(self):
        self.requests = []
        self.status = 204
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.requests.append((dict(self.headers), body))
                self.send_response(receiver.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/alerts"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def events(self, alert=None):
        """What was told, oldest first, each as (event, name, cause)."""
        bodies = [json.loads(body) for _, body in self.requests]
        return [
            (body["event"], body["alert"]["name"], body["alert"]["cause"])
            for body in bodies
            if alert is None or body["alert"]["id"] == alert
        ]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class MailSink:
    """A mail server that keeps what it gets."""

    def __init__(self):
        self.mails = []
        # The controller connects to the port it was given, so it cannot be given 0.
        self.port = free_port()
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, ready_timeout=60)
        self.controller.start()

    async def handle_DATA(self, _server, _session, envelope):
        """Called for each mail."""
        self.mails.append(
            (envelope.rcpt_tos, email.message_from_bytes(envelope.content, policy=email.policy.default))
        )
        return "250 OK"


@pytest.fixture
def webhook():
    """A webhook of this test's own."""
    receiver = Webhook()
    yield receiver
    receiver.close()


@pytest.fixture
def mailbox():
    """A mail server of this test's own."""
    sink = MailSink()
    yield sink
    sink.controller.stop()


def configure(admin, **settings):
    """Sets settings; two underscores stand for a dot."""
    for name, value in settings.items():
        admin.call("updateConfiguration", method="POST", name=name.replace("__", "."), value=value)


def failing(admin, fails):
    """Makes backups of the dummy provider fail, or succeed again."""
    configure(admin, backup__plugin__dummy__fail="backup" if fails else "none")


def ready(server):
    """A new server's admin, zone, and a VM under an offering."""
    admin = server.admin()
    [zone] = admin.items("listZones")
    vm = deploy(admin, zone, name="web")
    assign(admin, vm, import_offering(admin, zone, "gold"))
    return admin, zone, vm


def alerts_of(admin, vm, **params):
    """The alerts about a VM, the one that was met last first."""
    return [each for each in admin.items("listAlerts", **params) if each["cause"] == f"vm:{vm['id']}"]


def test_a_failed_backup_is_told_once_and_resolved_by_the_next_good_one(new_server, webhook, mailbox):
    server = new_server().start()
    admin, zone, vm = ready(server)
    configure(
        admin,
        alert__webhook__url=webhook.url,
        alert__webhook__secret=SECRET,
        alert__email__addresses="ops@example.org,boss@example.org",
        alert__email__sender="backup@example.org",
        alert__smtp__host="127.0.0.1",
        alert__smtp__port=mailbox.port,
        **PATIENT_WEBHOOK,
        **PATIENT_MAIL,
    )
    failing(admin, True)
    for _ in range(2):
        admin.fails("createBackup", virtualmachineid=vm["id"])
    [alert] = alerts_of(admin, vm)
    assert alert["type"] == 1001 and alert["name"] == "ALERT.BACKUP.FAILED" and alert["count"] == 2, alert
    assert alert["zoneid"] == zone["id"] and "resolved" not in alert and alert["sent"] >= alert["created"], alert
    assert vm["id"] in alert["description"] and "web" in alert["subject"], alert
    await_value(lambda: webhook.requests, 180, "the webhook to be called")
    await_value(lambda: len(mailbox.mails) >= 2, 180, "the mails to arrive")
    failing(admin, False)
    back_up(admin, vm)
    await_value(lambda: len(webhook.requests) >= 2, 180, "the webhook to be called again")
    await_value(lambda: len(mailbox.mails) >= 4, 180, "the mails to arrive again")
    cause = f"vm:{vm['id']}"
    assert webhook.events() == [
        ("raised", "ALERT.BACKUP.FAILED", cause),
        ("resolved", "ALERT.BACKUP.FAILED", cause),
    ], "one alert per cause, not per try"
    for headers, body in webhook.requests:
        signed = f"{headers['X-CloudStackBackup-Timestamp']}.".encode() + body
        expected = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
        assert headers["X-CloudStackBackup-Signature"] == f"sha256={expected}"
        assert headers["Idempotency-Key"] == json.loads(body)["id"]
    subjects = sorted((to[0], mail["Subject"]) for to, mail in mailbox.mails)
    assert subjects == sorted(
        (to, f"[{news}] Backup of VM web failed")
        for to in ("ops@example.org", "boss@example.org")
        for news in ("alert", "resolved")
    )
    assert all(vm["id"] in mail.get_content() for _, mail in mailbox.mails)
    assert alerts_of(admin, vm)[0]["resolved"]
    server.stop()
    assert SECRET not in "\n".join(server.lines)


def test_what_could_not_be_told_is_told_after_a_kill(new_server, webhook):
    server = new_server().start()
    admin, _, vm = ready(server)
    webhook.status = 503
    configure(admin, alert__webhook__url=webhook.url, **PATIENT_WEBHOOK)
    failing(admin, True)
    admin.fails("createBackup", virtualmachineid=vm["id"])
    await_value(lambda: webhook.requests, 180, "the webhook to be called")
    server.stop(signal.SIGKILL)
    before = len(webhook.requests)
    webhook.status = 204
    server.start()
    await_value(lambda: len(webhook.requests) > before, 180, "the webhook to be called after the kill")
    assert len({headers["Idempotency-Key"] for headers, _ in webhook.requests}) == 1, "a repetition is known by its key"
    assert len({body for _, body in webhook.requests}) == 1
    assert set(webhook.events()) == {("raised", "ALERT.BACKUP.FAILED", f"vm:{vm['id']}")}


def test_a_delivery_that_is_refused_for_good_is_an_event(new_server, webhook):
    server = new_server().start()
    admin = server.admin()
    webhook.status = 404
    configure(admin, alert__webhook__url=webhook.url, **PATIENT_WEBHOOK)
    assert admin.run("generateAlert", type=FAILED, name="a try", description="whether it arrives") == {"success": True}
    [event] = await_value(
        lambda: admin.items("listEvents", type="ALERT.GENERATE", level="ERROR", listall="true"),
        180,
        "the event to appear",
    )
    assert "answered 404" in event["description"] and "given up after 1 attempt" in event["description"], event
    assert "/alerts" not in event["description"], "paths of webhooks are often secret"
    assert len(webhook.requests) == 1


def test_alerts_are_listed_archived_and_deleted(new_server):
    admin = new_server().start().admin()
    [zone] = admin.items("listZones")
    for number in range(4):
        admin.run(
            "generateAlert", type=FAILED, name=f"subject {number}", description=f"text {number}", zoneid=zone["id"]
        )
    admin.run("generateAlert", type="1004", name="too old", description="text 4")
    listed = admin.items("listAlerts")
    assert [each["subject"] for each in listed] == ["too old"] + [f"subject {number}" for number in (3, 2, 1, 0)]
    assert {"id", "type", "name", "description", "sent"} <= set(listed[0])
    assert admin.items("listAlerts", id=listed[1]["id"]) == [listed[1]]
    assert admin.count("listAlerts", page=2, pagesize=2) == 5
    assert admin.items("listAlerts", page=2, pagesize=2) == listed[2:4]
    assert admin.items("listAlerts", type="1004") == listed[:1] == admin.items("listAlerts", name="ALERT.BACKUP.RPO")
    assert admin.items("listAlerts", keyword="TEXT 2") == [listed[2]]
    assert admin.items("listAlerts", resolved="true") == []
    assert admin.call("archiveAlerts", ids=listed[1]["id"])["success"] in (True, "true")
    assert admin.call("deleteAlerts", ids=",".join(each["id"] for each in listed[2:4]))["success"] in (True, "true")
    assert [each["subject"] for each in admin.items("listAlerts")] == ["too old", "subject 0"]
    assert admin.call("deleteAlerts", type="1004")["success"] in (True, "true")
    assert [each["subject"] for each in admin.items("listAlerts")] == ["subject 0"]
    admin.call("deleteAlerts", startdate="2020-01-01", enddate="2020-12-31")
    assert admin.count("listAlerts") == 1
    admin.call("archiveAlerts", enddate="2100-01-01")
    assert admin.items("listAlerts") == []


def test_alerts_are_for_admins_and_their_parameters_are_checked(admin, new_user, new_domain):
    unknown = "11111111-2222-3333-4444-555555555555"
    for command in ("deleteAlerts", "archiveAlerts"):
        assert "ids" in admin.refused(command, 431)["errortext"]
        assert "enddate" in admin.refused(command, 431, type=FAILED, startdate="2020-01-01")["errortext"]
        assert unknown in admin.refused(command, 431, ids=unknown)["errortext"]
        assert "type" in admin.refused(command, 431, type="many")["errortext"]
    assert unknown in admin.refused("listAlerts", 431, id=unknown)["errortext"]
    assert "1001" in admin.fails("generateAlert", type="7", name="x", description="x").text
    for person in (new_user(), new_user(account_type=2, domain=new_domain())):
        for command in ("listAlerts", "archiveAlerts", "deleteAlerts", "generateAlert"):
            assert person.raw(command).status_code in (401, 432), command
    for name, value in {
        "alert.webhook.url": "ftp://hook/",
        "alert.email.addresses": "ops@example.org;all@example.org",
        "alert.email.sender": "Backup <backup@example.org>",
        "alert.smtp.port": "70000",
        "alert.smtp.timeout": "-1",
        "alert.delivery.attempts": "0",
    }.items():
        assert name in admin.refused("updateConfiguration", 431, method="POST", name=name, value=value)["errortext"]
    admin.call("updateConfiguration", method="POST", name="alert.smtp.password", value=SECRET)
    try:
        [shown] = admin.items("listConfigurations", name="alert.smtp.password")
        assert shown["value"] and SECRET not in str(shown)
        assert SECRET not in str(admin.items("listEvents", type="CONFIGURATION.VALUE.EDIT"))
    finally:
        admin.call("resetConfiguration", method="POST", name="alert.smtp.password")


def test_a_limit_that_is_reached_is_told_once_until_the_schedule_has_room_again(new_server, webhook):
    server = new_server().start()
    admin, zone, _ = ready(server)
    configure(
        admin,
        alert__webhook__url=webhook.url,
        backup__framework__schedule__attempts=20,
        backup__framework__schedule__retry__delay=1,
        **PATIENT_WEBHOOK,
    )
    domain = admin.items("listDomains", listall="true")[0]["id"]
    person = {"username": "shop", "password": "passw0rd-of-shop", "firstname": "A", "lastname": "B", "email": "a@b.c"}
    admin.call("createAccount", method="POST", domainid=domain, accounttype=0, account="shop", **person)
    vm = deploy(admin, zone, account="shop", domainid=domain)
    assign(admin, vm, admin.items("listBackupOfferings")[0])
    limited = {"account": "shop", "domainid": domain, "resourcetype": 12}
    admin.call("updateResourceLimit", method="POST", max=0, **limited)
    minute = coming_minute()
    schedule = put(admin, vm, schedule=f"{minute:%M}")
    cause = f"schedule:{schedule['id']}"

    def refused():
        return [each for each in admin.items("listAlerts", type="22") if each["cause"] == cause]

    await_instant(minute)
    await_value(lambda: [each["count"] for each in refused()] >= [2], 60, "two attempts to be refused")
    [alert] = refused()
    assert alert["name"] == "ALERT.RESOURCE.COUNT" and alert["zoneid"] == zone["id"] and "resolved" not in alert, alert
    assert "Account Resource Limit = 0" in alert["description"], alert
    failed = admin.items("listBackups", scheduleid=schedule["id"], status="Failed", listall="true")
    assert len(failed) >= 2 and all("Account Resource Limit = 0" in each["failurereason"] for each in failed), failed

    admin.call("updateResourceLimit", method="POST", max=5, **limited)
    await_value(lambda: "resolved" in refused()[0], 90, "the alert to end with the next backup")
    assert len(refused()) == 1, "one alert for one cause"
    assert len(admin.items("listBackups", scheduleid=schedule["id"], status="BackedUp", listall="true")) == 1
    told = [("raised", "ALERT.RESOURCE.COUNT", cause), ("resolved", "ALERT.RESOURCE.COUNT", cause)]
    await_value(lambda: webhook.events(alert["id"]) == told, 180, lambda: f"{told} to be told: {webhook.events()}")
