# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Running the server: start, stop, restart, crash, health, metrics, logs, refusals to start."""

import json
import os
import re
import signal
import socket
import stat
import subprocess
import time

import pytest

from client import LoginSession
from conftest import assign, back_up, backups_of, import_offering
from server import run_command

METRIC_LINE = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*(\{.*\})? (NaN|[-+]?Inf|[-+0-9.eE]+)( \d+)?")


def with_backup(server):
    """Puts a demo VM of a new server under an offering and backs it up; gives client, zone, VM and backup."""
    admin = server.admin()
    [zone] = admin.items("listZones")
    vm = admin.items("listVirtualMachines", listall="true")[0]
    assign(admin, vm, import_offering(admin, zone, "gold"))
    return admin, zone, vm, back_up(admin, vm)


def refused_start(*options):
    """Exit code and standard error's lines of a start that cannot work."""
    done = subprocess.run(
        run_command(*options), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=180, cwd="/"
    )
    return done.returncode, [line for line in done.stderr.splitlines() if line.strip()]


def test_help(built):
    options = "--port --bind --[no-]http --tls-port --tls-certificate --tls-key --data --database-url"
    options += " --admin-password-file --[no-]demo --secret-key-file --log-format --help"
    for option in options.split():
        assert option in built.stdout, f"--help tells of {option}:\n{built.stdout}"


def test_the_first_start_prints_what_one_needs(new_server):
    server = new_server().start()
    text = "\n".join(server.lines)
    profile = server.profile()
    assert "Admin user:     admin" in text
    assert f"http://127.0.0.1:{server.port}/client/api" in text
    for line in (
        f"cmk set url http://127.0.0.1:{server.port}/client/api",
        f"cmk set apikey {profile['apikey']}",
        f"cmk set secretkey {profile['secretkey']}",
        "cmk sync",
    ):
        assert line in text, f"{line!r} is not in\n{text}"
    mode = stat.S_IMODE((server.data / "cmk-profile.ini").stat().st_mode)
    assert mode == 0o600, f"cmk-profile.ini is readable by others: {mode:o}"
    password = server.admin_password()
    assert len(password) >= 12
    assert LoginSession(server.url).login("admin", password).status_code == 200

    assert server.stop() in (0, 143)
    first = len(server.lines)
    server.start()
    again = "\n".join(server.lines[first:])
    assert password not in again and profile["secretkey"] not in again, "secrets are printed once"
    assert LoginSession(server.url).login("admin", password).status_code == 200
    server.stop()
    for file in server.data.rglob("*"):
        if file.is_file() and file.name != "cmk-profile.ini":
            assert password.encode() not in file.read_bytes(), f"the password is in clear text in {file}"


def test_the_password_may_come_from_a_file(new_server, tmp_path):
    secret = tmp_path / "password"
    secret.write_text("from-a-File-1\n")
    server = new_server("--admin-password-file", secret).start()
    assert LoginSession(server.url).login("admin", "from-a-File-1").status_code == 200
    assert "from-a-File-1" not in "\n".join(server.lines)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_is_quick_and_loses_nothing(new_server, number):
    server = new_server().start()
    admin, _, vm, backup = with_backup(server)
    code, seconds = server.timed_stop(number)
    assert code in (0, 128 + number), f"exit code {code}:\n{server.output()}"
    assert seconds < 5, f"the stop took {seconds:.1f} s"
    server.start()
    admin = server.admin()
    assert backups_of(admin, vm) == [backup]
    [now] = admin.items("listVirtualMachines", id=vm["id"])
    if now["state"] != "Stopped":
        admin.run("stopVirtualMachine", id=vm["id"])
    assert admin.run("restoreBackup", id=backup["id"]) == {"success": True}


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_running_backup_survives_the_end_of_the_server(new_server, number):
    server = new_server().start()
    admin, zone, vm, first = with_backup(server)
    admin.call("updateConfiguration", name="backup.plugin.dummy.delay", value=12, zoneid=zone["id"])
    job = admin.call("createBackup", virtualmachineid=vm["id"], name="interrupted")["jobid"]
    time.sleep(1)  # into the product's twelve seconds, so that the end comes in the middle
    assert admin.call("queryAsyncJobResult", jobid=job)["jobstatus"] == 0
    _, seconds = server.timed_stop(number)
    assert seconds < 5, f"the stop took {seconds:.1f} s"
    server.start()
    admin = server.admin()
    record = admin.job(job)
    listed = backups_of(admin, vm)
    assert record["jobstatus"] == 1, f"{record}\n{server.output()}"
    assert [each["name"] for each in listed if each["id"] != first["id"]] == ["interrupted"], "one backup results"
    assert {each["status"] for each in listed} == {"BackedUp"}


def test_two_kills_in_a_row_lose_nothing(new_server):
    server = new_server().start()
    _, _, vm, backup = with_backup(server)
    for _ in range(2):
        server.stop(signal.SIGKILL)
        server.start()
        assert backups_of(server.admin(), vm) == [backup]


def test_a_taken_port_is_one_clear_line(tmp_path):
    with socket.create_server(("0.0.0.0", 0)) as listener:
        port = listener.getsockname()[1]
        code, lines = refused_start("--port", port, "--data", tmp_path / "data")
    assert code == 1 and len(lines) == 1 and str(port) in lines[0], (code, lines)


def test_an_unusable_folder_is_one_clear_line(tmp_path):
    # A file in the way stops root as well, whom no mode stops.
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    for folder in (in_the_way, in_the_way / "below"):
        code, lines = refused_start("--port", 0, "--data", folder)
        assert code == 1 and len(lines) == 1 and str(in_the_way) in lines[0], (code, lines)


def test_an_unwritable_folder_is_one_clear_line(tmp_path):
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    if os.geteuid() == 0:
        folder = "/proc/data"  # nobody can make a folder there
    code, lines = refused_start("--port", 0, "--data", folder)
    assert code == 1 and len(lines) == 1 and str(folder) in lines[0], (code, lines)


def test_a_folder_in_use_is_one_clear_line(new_server):
    server = new_server().start()
    code, lines = refused_start("--port", 0, "--data", server.data)
    assert code == 1 and len(lines) == 1 and str(server.data) in lines[0], (code, lines)
    assert server.get("/readyz").status_code == 200


@pytest.mark.parametrize(
    "options", [("--port", "x"), ("--port", "70000"), ("--log-format", "xml"), ("--no-such-option",)]
)
def test_wrong_options_end_the_start(options, tmp_path):
    code, lines = refused_start("--data", tmp_path / "data", *options)
    assert code in (1, 2) and lines, (code, lines)
    assert not any("\tat " in line for line in lines), lines


def test_an_unreachable_database_is_one_clear_line(tmp_path):
    url = "jdbc:mariadb://127.0.0.1:1/cloud?user=cloud&password=hush-hush"
    code, lines = refused_start("--port", 0, "--data", tmp_path / "data", "--database-url", url)
    assert code == 1 and len(lines) == 1, (code, lines)
    assert "127.0.0.1:1" in lines[0] and "hush-hush" not in lines[0], lines


def test_without_the_demo_there_is_no_zone(new_server):
    server = new_server("--no-demo").start()
    assert server.admin().call("listZones") == {}
    assert server.admin().call("listVirtualMachines", listall="true") == {}


def test_health_and_metrics(server, admin):
    assert server.get("/healthz").status_code == 200
    assert server.get("/readyz").status_code == 200
    admin.raw("listZones")
    reply = server.get("/metrics")
    assert reply.status_code == 200 and reply.headers["Content-Type"].startswith("text/plain")
    samples = [line for line in reply.text.splitlines() if line and not line.startswith("#")]
    broken = [line for line in samples if not METRIC_LINE.fullmatch(line)]
    assert samples and not broken, broken[:3]
    assert any(line.startswith("# TYPE ") for line in reply.text.splitlines())
    assert any(line.startswith("jvm_") for line in samples)
    assert any("listZones" in line for line in samples), "calls are counted by command"
    assert admin.key not in reply.text


def test_json_logs_hold_no_secret(new_server):
    password = "no-Log-Shall-hold-this-1"
    server = new_server("--log-format", "json", environment={"CLOUDSTACKBACKUP_ADMIN_PASSWORD": password}).start()
    started = next(number for number, line in enumerate(server.lines) if "is ready on port" in line)
    admin, _, vm, _ = with_backup(server)
    LoginSession(server.url).login("admin", password)
    LoginSession(server.url).login("admin", password + "-wrong")
    admin.raw("createBackup", virtualmachineid="nonsense")
    user = admin.items("listUsers", username="admin")[0]
    new_keys = admin.call("registerUserKeys", method="POST", id=user["id"])["userkeys"]
    server.stop()
    logged = [line for line in server.lines if line.startswith("{")]
    assert logged, f"no JSON line was logged:\n{server.output()}"
    for line in logged:
        record = json.loads(line)
        assert any("level" in name.lower() for name in record) and any("message" in name for name in record), line
    assert all(line.startswith("{") for line in server.lines[started + 1 :]), "after the start: JSON lines only"
    text = "\n".join(logged)
    for secret in (password, admin.secret, new_keys["secretkey"]):
        assert secret not in text
