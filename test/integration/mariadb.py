# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Fixture: a real MariaDB server on a free port."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from client import await_value

FOLDERS = ("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin")


def program(*names):
    """The first of these programs that is installed."""
    path = os.pathsep.join([os.environ.get("CLOUDSTACKBACKUP_TEST_MARIADB_BIN", ""), os.environ["PATH"], *FOLDERS])
    found = (shutil.which(name, path=path) for name in names)
    return next((each for each in found if each), None)


def free_port():
    """A port nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@pytest.fixture(scope="session")
def mariadbd(tmp_path_factory):
    """A MariaDB server of its own; gives a function that runs SQL, and the port."""
    server, install, client = program("mariadbd"), program("mariadb-install-db"), program("mariadb")
    if not (server and install and client):
        message = "MariaDB is not installed (mariadbd, mariadb-install-db, mariadb)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    # A socket's path may hold 107 bytes, so not below pytest's long folder.
    folder = tmp_path_factory.mktemp("mariadb")
    user = ["--user=root"] if os.geteuid() == 0 else []
    subprocess.run(
        [install, "--no-defaults", *user, f"--datadir={folder}/data", "--auth-root-authentication-method=normal"],
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=120,
    )
    port = free_port()
    log = (folder / "log").open("wb")
    process = subprocess.Popen(
        [
            server,
            "--no-defaults",
            *user,
            f"--datadir={folder}/data",
            f"--socket={folder}/s",
            f"--pid-file={folder}/pid",
            "--bind-address=127.0.0.1",
            f"--port={port}",
            "--skip-name-resolve",
        ],
        stdout=log,
        stderr=log,
    )

    def sql(text):
        return subprocess.run(
            [client, "--no-defaults", "-uroot", f"--socket={folder}/s", "-e", text], capture_output=True, timeout=30
        )

    def answers():
        assert process.poll() is None, f"mariadbd ended: {Path(folder, 'log').read_text()[-2000:]}"
        return sql("SELECT 1").returncode == 0

    try:
        await_value(answers, 60, "mariadbd to answer")
        yield sql, port
    finally:
        process.terminate()
        process.wait(30)
        log.close()


@pytest.fixture
def mariadb_url(mariadbd, request):
    """The JDBC URL of an empty database of this test's own."""
    sql, port = mariadbd
    name = f"cb_{abs(hash(request.node.name)) % 10**8}"
    done = sql(
        f"CREATE DATABASE {name};"
        "CREATE USER IF NOT EXISTS 'cloud'@'127.0.0.1' IDENTIFIED BY 'cloud';"
        "GRANT ALL ON *.* TO 'cloud'@'127.0.0.1'"
    )
    assert done.returncode == 0, done.stderr
    return f"jdbc:mariadb://127.0.0.1:{port}/{name}?user=cloud&password=cloud"
