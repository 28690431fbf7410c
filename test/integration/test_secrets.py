# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Secrets: sealed in the database, in no log and no event, and the key file that seals them."""

import base64
import collections
import os
import signal
import stat
import subprocess
import urllib.parse

import pytest

from client import Client, LoginSession, await_value, signature
from server import run_command

PASSWORD = "no-Log-Shall-hold-this-1"
SECRET = "s3cret-of-a-setting"


def new_key():
    """A line of a key file, as the guide says to make one."""
    return base64.b64encode(os.urandom(32)).decode()


def refusal(*options, environment=None):
    """The one line of a start that must not work."""
    done = subprocess.run(
        run_command("--port", 0, *options),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=180,
        cwd="/",
        env={**os.environ, **(environment or {})},
    )
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert done.returncode == 1 and len(lines) == 1, (done.returncode, lines)
    return lines[0]


def files_with(folder, text):
    """Names of the files below the folder that hold the text."""
    return {path.name for path in folder.rglob("*") if path.is_file() and text.encode() in path.read_bytes()}


def test_the_first_start_makes_a_key_for_its_owner_only(new_server):
    server = new_server().start()
    file = server.data / "secret.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    key = file.read_text().splitlines()[-1]
    assert len(base64.b64decode(key)) == 32
    assert key not in "\n".join(server.lines)
    secret = server.profile()["secretkey"]
    user = server.admin().items("listUsers")[0]
    keys = server.admin().call("registerUserKeys", method="POST", id=user["id"])["userkeys"]
    server.stop()
    assert files_with(server.data, secret) == {"cmk-profile.ini"}
    assert files_with(server.data, keys["secretkey"]) == set(), "the database is a file here, and holds no secret key"
    assert files_with(server.data, keys["apikey"]), "the look-up's key is found, so the search works"


def test_unusable_key_files_are_one_clear_line(tmp_path):
    data, file = tmp_path / "data", tmp_path / "given.key"
    options = ("--data", data, "--secret-key-file", file)
    assert str(file) in refusal(*options)
    file.write_text("not*a*key\n")
    file.chmod(0o644)
    assert "chmod 600" in refusal(*options)
    file.chmod(0o600)
    line = refusal(*options)
    assert "line 1 is not Base64" in line and "not*a*key" not in line
    file.write_text("# nothing\n")
    assert "no key" in refusal("--data", data, environment={"CLOUDSTACKBACKUP_SECRET_KEY_FILE": str(file)})
    if os.geteuid() != 0:
        file.write_text(new_key())
        file.chmod(0)
        assert str(file) in refusal(*options)


def test_without_its_key_a_database_is_not_touched(new_server):
    server = new_server().start()
    server.stop()
    file = server.data / "secret.key"
    kept = file.read_text()
    file.unlink()
    line = refusal("--data", server.data)
    assert "--secret-key-file" in line and str(file) in line
    assert not file.exists(), "a new key would be of no use"
    wrong = new_key()
    file.write_text(wrong)
    file.chmod(0o600)
    line = refusal("--data", server.data)
    assert "sealed with key" in line and wrong not in line
    file.write_text(kept)
    server.start()
    assert server.admin().items("listUsers")


def test_the_key_can_be_changed(new_server):
    server = new_server().start()
    server.stop()
    file = server.data / "secret.key"
    older, newer = file.read_text().splitlines()[-1], new_key()
    file.write_text(f"{newer}\n{older}\n")
    server.start()
    assert server.admin().items("listUsers")
    server.stop()
    file.write_text(newer + "\n")
    server.start()
    assert server.admin().items("listUsers")
    server.stop()
    file.write_text(older + "\n")
    assert "sealed with key" in refusal("--data", server.data)


def sealing_keys(database):
    """How many secrets in the database each key seals, by the keys' ids."""
    found = database.sql(
        "USE cloud; SELECT sealed FROM secret_key_check UNION ALL SELECT secret_key FROM user WHERE secret_key IS NOT NULL"
        " UNION ALL SELECT value FROM configuration WHERE sealed"
        " UNION ALL SELECT value FROM data_center_details WHERE sealed"
    )
    assert found.returncode == 0, found.stderr
    return collections.Counter(line.split(":")[1] for line in found.stdout.split())


def test_a_kill_in_the_middle_of_a_change_of_the_key_costs_no_secret(new_server, own_mariadb, tmp_path):
    file = tmp_path / "keys"
    older, newer = new_key(), new_key()
    file.write_text(older + "\n")
    file.chmod(0o600)
    server = new_server(
        "--database-url",
        own_mariadb.database("cloud"),
        environment={"CLOUDSTACKBACKUP_SECRET_KEY_FILE": str(file), "CLOUDSTACKBACKUP_ADMIN_PASSWORD": PASSWORD},
    ).start()
    admin = server.admin()
    [zone] = admin.items("listZones")
    domain = admin.items("listDomains", listall="true")[0]["id"]
    keys = []
    for name in ("one", "two", "three"):
        made = {"username": name, "password": "passw0rd-" + name, "firstname": "A", "lastname": "B", "email": "a@b.c"}
        account = admin.call("createAccount", method="POST", domainid=domain, accounttype=0, **made)["account"]
        keys.append(admin.call("registerUserKeys", method="POST", id=account["user"][0]["id"])["userkeys"])
    for setting in admin.items("listConfigurations", category="Secure"):
        admin.call("updateConfiguration", method="POST", name=setting["name"], value=SECRET)
        if "zone" in setting.get("scope", "").lower():
            admin.call("updateConfiguration", method="POST", name=setting["name"], value=SECRET, zoneid=zone["id"])
    server.stop()
    before = sealing_keys(own_mariadb)
    assert len(before) == 1 and before.total() > 5, before

    file.write_text(f"{newer}\n{older}\n")
    # Whoever changes the key waits for the last user's row, with everything before it sealed anew and not committed.
    holder = own_mariadb.hold("SELECT id FROM cloud.user WHERE username = 'three' FOR UPDATE")
    waiting = (
        "SELECT trx_rows_modified FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'"
        " AND trx_rows_modified > 3"
    )
    server.launch()

    def in_the_middle():
        assert server.process.poll() is None, f"it ended with {server.process.returncode}:\n{server.output()}"
        return own_mariadb.sql(waiting).stdout.strip()

    await_value(in_the_middle, 60, lambda: f"the middle of the change; it said:\n{server.output()}")
    assert server.stop(signal.SIGKILL) == -signal.SIGKILL
    assert server.ready_port() is None, "it was not ready"
    holder.kill()
    holder.wait(30)
    await_value(
        lambda: own_mariadb.sql("SELECT COUNT(*) FROM information_schema.innodb_trx").stdout.strip() == "0",
        60,
        "the killed server's transaction to be rolled back",
    )
    assert sealing_keys(own_mariadb) == before, "all or nothing"

    server.start()
    after = sealing_keys(own_mariadb)
    assert len(after) == 1 and after.total() == before.total() and set(after) != set(before), (before, after)
    server.stop()
    file.write_text(newer + "\n")
    server.start()
    for each in keys:
        assert Client(server.url, each["apikey"], each["secretkey"]).items("listUsers"), "every key still opens"
    assert "cannot be brought" not in "\n".join(server.lines)
    assert server.admin().items("listConfigurations", category="Secure"), "the first administrator's as well"


def test_two_servers_need_the_same_key(new_server, mariadb_url, tmp_path):
    first = new_server("--database-url", mariadb_url).start()
    second = new_server("--database-url", mariadb_url, name="second").start()
    profile = first.profile()
    second.data.joinpath("cmk-profile.ini").write_text(first.data.joinpath("cmk-profile.ini").read_text())
    assert second.admin().key == profile["apikey"] and second.admin().items("listUsers")
    other = tmp_path / "other.key"
    other.write_text(new_key() + "\n")
    other.chmod(0o600)
    line = refusal("--data", tmp_path / "third", "--database-url", mariadb_url, "--secret-key-file", other)
    assert "sealed with key" in line


@pytest.fixture(scope="module")
def talkative(tmp_path_factory, built):
    """A server that logs all it can, and every secret that went through it."""
    from server import Server

    server = Server(
        tmp_path_factory.mktemp("talkative") / "data",
        environment={
            "CLOUDSTACKBACKUP_ADMIN_PASSWORD": PASSWORD,
            "CLOUDSTACKBACKUP_JAVA_OPTS": "-Dcloudstackbackup.log.level=debug",
        },
    )
    try:
        server.start()
        yield server, exercise(server)
    finally:
        server.close()


def exercise(server):
    """Uses each kind of secret, rightly and wrongly; gives them by name."""
    admin = server.admin()
    secrets = {"password": PASSWORD, "secret key": admin.secret}
    session = LoginSession(server.url)
    session.login("admin", PASSWORD)
    secrets["session key"] = session.key
    secrets["session"] = session.http.cookies["JSESSIONID"]
    session.raw("listUsers")
    session.raw("listUsers", key="wrong")
    LoginSession(server.url).login("admin", "wr0ng-" + PASSWORD)
    secrets["wrong password"] = "wr0ng-"
    admin.raw("nonsense")
    query = {"command": "listUsers", "apiKey": admin.key, "response": "json"}
    secrets["signature"] = signature(query, admin.secret)
    assert admin.raw("listUsers").status_code == 200
    domain = admin.items("listDomains", listall="true")[0]["id"]
    made = {"username": "made", "password": "passw0rd-of-made", "firstname": "A", "lastname": "B", "email": "a@b.c"}
    account = admin.call("createAccount", method="POST", domainid=domain, accounttype=0, **made)["account"]
    admin.refused("createAccount", 431, method="POST", domainid=domain, accounttype=0, **made)
    secrets["password of a user"] = made["password"]
    user = account["user"][0]["id"]
    secrets["made secret key"] = admin.call("registerUserKeys", method="POST", id=user)["userkeys"]["secretkey"]
    admin.call("updateUser", method="POST", id=user, password="chang3d-password")
    secrets["changed password"] = "chang3d-password"
    for setting in (each["name"] for each in admin.items("listConfigurations", category="Secure")):
        admin.call("updateConfiguration", method="POST", name=setting, value=SECRET)
        secrets["setting"] = SECRET
    return secrets


def test_no_log_holds_a_secret(talkative):
    server, secrets = talkative
    # Standard output tells the first administrator's keys, once; the log is on standard error.
    greeting = ("  cmk set ", "Admin password:")
    text = "\n".join(line for line in server.lines if not line.startswith(greeting))
    assert "DEBUG" in text, "the server logs at debug level"
    for name, secret in secrets.items():
        for form in {secret, urllib.parse.quote(secret, safe="")}:
            assert not [line for line in text.splitlines() if form in line], f"the log holds the {name}"


def test_no_event_and_no_list_holds_a_secret(talkative):
    server, secrets = talkative
    admin = server.admin()
    shown = "".join(
        admin.raw(command, listall="true", **params).text
        for command, params in {
            "listEvents": {},
            "listUsers": {},
            "listAccounts": {},
            "listConfigurations": {},
            "listAsyncJobs": {},
            "getUser": {"userapikey": admin.key},
        }.items()
    )
    assert "made" in shown
    for name, secret in secrets.items():
        assert secret not in shown, f"an answer holds the {name}"


def test_keys_are_shown_to_their_owner_and_its_admins_only(server, admin, new_user, new_domain):
    domain = new_domain()
    owner, neighbour, chief = new_user(domain=domain), new_user(domain=domain), new_user(account_type=2, domain=domain)
    stranger = new_user(account_type=2, domain=new_domain())
    for allowed in (admin, owner, chief):
        assert allowed.call("getUserKeys", id=owner.user["id"])["userkeys"]["secretkey"] == owner.secret
    for refused in (neighbour, stranger):
        reply = refused.raw("getUserKeys", id=owner.user["id"])
        assert reply.status_code == 431 and owner.secret not in reply.text
    assert chief.raw("getUserKeys", id=admin.items("listUsers")[0]["id"]).status_code == 431
