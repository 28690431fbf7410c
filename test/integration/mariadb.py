# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Fixture: a real MariaDB server on a free port."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from processes import await_value, free_port

FOLDERS = ("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin")


def program(*names):
    """The first of these programs that is installed."""
    path = os.pathsep.join([os.environ.get("CLOUDSTACKBACKUP_TEST_MARIADB_BIN", ""), os.environ["PATH"], *FOLDERS])
    found = (shutil.which(name, path=path) for name in names)
    return next((each for each in found if each), None)


class MariaDb:
    """A MariaDB server of its own in a folder, on one port for all its life; may be stopped and started again."""

    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        self.process = None
        self.user = ["--user=root"] if os.geteuid() == 0 else []
        server, install, client = program("mariadbd"), program("mariadb-install-db"), program("mariadb")
        if not (server and install and client):
            message = "MariaDB is not installed (mariadbd, mariadb-install-db, mariadb)"
            if os.environ.get("CI"):
                pytest.fail(message)
            pytest.skip(message)
        self.server, self.client = server, client
        subprocess.run(
            [
                install,
                "--no-defaults",
                *self.user,
                f"--datadir={folder}/data",
                "--auth-root-authentication-method=normal",
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            timeout=180,
        )

    def start(self):
        """Returns when it answers."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    self.server,
                    "--no-defaults",
                    *self.user,
                    f"--datadir={self.folder}/data",
                    f"--socket={self.folder}/s",
                    f"--pid-file={self.folder}/pid",
                    "--bind-address=127.0.0.1",
                    f"--port={self.port}",
                    "--skip-name-resolve",
                ],
                stdout=log,
                stderr=log,
            )

        def answers():
            log = Path(self.folder, "log")
            assert self.process.poll() is None, f"mariadbd ended: {log.read_text(errors='replace')[-2000:]}"
            return self.sql("SELECT 1").returncode == 0

        await_value(answers, 180, "mariadbd to answer")
        return self

    def sql(self, text):
        """Runs SQL as root; the finished process has the output."""
        return subprocess.run(
            [self.client, "--no-defaults", "-uroot", f"--socket={self.folder}/s", "-N", "-e", text],
            capture_output=True,
            text=True,
            timeout=120,
        )

    def hold(self, locking):
        """A process that holds the locks of this SELECT until it is killed; returns when it has them."""
        begin = f"SET SESSION wait_timeout = 600; BEGIN; {locking}; SELECT 'held'; DO SLEEP(600)"
        holder = subprocess.Popen(
            [self.client, "--no-defaults", "-uroot", f"--socket={self.folder}/s", "-N", "--unbuffered", "-e", begin],
            stdout=subprocess.PIPE,
            text=True,
        )
        for line in holder.stdout:
            if line.strip() == "held":
                return holder
        raise AssertionError(f"{locking} ended with {holder.wait(120)}")

    def database(self, name):
        """The JDBC URL of a new, empty database."""
        done = self.sql(
            f"CREATE DATABASE {name};"
            "CREATE USER IF NOT EXISTS 'cloud'@'127.0.0.1' IDENTIFIED BY 'cloud';"
            "GRANT ALL ON *.* TO 'cloud'@'127.0.0.1'"
        )
        assert done.returncode == 0, done.stderr
        return f"jdbc:mariadb://127.0.0.1:{self.port}/{name}?user=cloud&password=cloud"

    def hang(self):
        """Has it answer nothing, with its connections open, until it is resumed."""
        self.process.send_signal(signal.SIGSTOP)

    def resume(self):
        """Ends a hang."""
        self.process.send_signal(signal.SIGCONT)

    def stop(self):
        """Stops it in good order, if it runs; fails when that takes too long, but leaves no process behind."""
        if self.process and self.process.poll() is None:
            self.resume()
            self.process.terminate()
            try:
                self.process.wait(120)
            finally:
                self.process.kill()
                self.process.wait(120)


@pytest.fixture(scope="session")
def mariadbd(tmp_path_factory):
    """The MariaDB server that tests share."""
    shared = MariaDb(tmp_path_factory.mktemp("mariadb"))
    try:
        yield shared.start()
    finally:
        shared.stop()


@pytest.fixture
def own_mariadb(tmp_path_factory):
    """A MariaDB server of this test's own, to be stopped and started."""
    own = MariaDb(tmp_path_factory.mktemp("own"))
    try:
        yield own.start()
    finally:
        own.stop()


@pytest.fixture
def mariadb_url(mariadbd, request):
    """The JDBC URL of an empty database of this test's own."""
    return mariadbd.database(f"cb_{abs(hash(request.node.name)) % 10**8}")
