# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Starts and stops the packaged server through ./run."""

import base64
import configparser
import functools
import os
import re
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import requests

from client import Client
from processes import Stalls, await_value

REPOSITORY = Path(__file__).resolve().parents[2]
START_SECONDS = 240
GET_SECONDS = 60
READY_LINE = re.compile(r"CloudStack Backup is ready on port (\d+)")


def run_command(*options):
    """The command line of ./run with these options."""
    return [str(REPOSITORY / "run"), *map(str, options)]


@functools.cache
def shared_secret_key():
    """A key file for servers that share a database: each has a folder of its own, but all need the same keys."""
    handle, path = tempfile.mkstemp(prefix="secret-", suffix=".key")
    with os.fdopen(handle, "w") as file:
        file.write(base64.b64encode(os.urandom(32)).decode() + "\n")
    return path


class Server:
    """One server process over one data folder; may be stopped and started again."""

    def __init__(self, data, *options, environment=None):
        self.data = Path(data)
        # Zones on emulators are for tests of their own: a process less for each server, and one zone to think of.
        self.options = options if "--demo-emulators" in options else (*options, "--no-demo-emulators")
        self.environment = dict(environment or {})
        if "--database-url" in options:
            self.environment.setdefault("CLOUDSTACKBACKUP_SECRET_KEY_FILE", shared_secret_key())
        self.verify = True
        self.lines = []
        self.first = 0
        self.process = None
        self.reader = None
        self.port = None

    def start(self):
        """Returns when the server says it is ready and /readyz agrees."""
        return self.launch().await_ready()

    def launch(self):
        """Begins a start and returns at once; nothing is known of the server yet."""
        self.first = len(self.lines)
        self.process = subprocess.Popen(
            run_command("--port", 0, "--data", self.data, *self.options),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            cwd="/",
            env={**os.environ, **self.environment},
        )
        # The reader holds the lines, so that the server never blocks on a full pipe.
        self.reader = threading.Thread(target=self._read, args=(self.process,), daemon=True)
        self.reader.start()
        return self

    def await_ready(self):
        """Returns when the server that was launched says it is ready and /readyz agrees."""

        def ready():
            if self.process.poll() is not None:
                # What it said last may still be on its way.
                self.reader.join(GET_SECONDS)
                raise AssertionError(f"the server ended with {self.process.returncode}:\n{self.output()}")
            return self.ready_port()

        def answers():
            try:
                return self.get("/readyz").status_code == 200
            except requests.Timeout:
                return False

        self.port = await_value(ready, START_SECONDS, lambda: f"the ready line; it said:\n{self.output()}", 0.05)
        await_value(answers, START_SECONDS, "/readyz to answer 200")
        return self

    def _read(self, process):
        for line in process.stdout:
            self.lines.append(line.rstrip("\n"))

    def ready_port(self):
        """The port that the server told since its last launch when it was ready; None when it told none."""
        found = (READY_LINE.search(line) for line in self.lines[self.first :])
        return next((int(match.group(1)) for match in found if match), None)

    def output(self):
        """What the server wrote so far, last part."""
        return "\n".join(self.lines[-60:])

    @property
    def base(self):
        """The address without a path."""
        return f"{'https' if '--no-http' in self.options else 'http'}://127.0.0.1:{self.port}"

    @property
    def url(self):
        """The address of the API."""
        return f"{self.base}/client/api"

    def get(self, path):
        """A plain GET of a path beside the API."""
        return requests.get(self.base + path, timeout=GET_SECONDS, verify=self.verify)

    def profile(self):
        """url, apikey and secretkey of the administrator, as the server left them for scripts."""
        path = self.data / "cmk-profile.ini"
        lines = [line for line in path.read_text().splitlines() if line.strip() and not line.startswith(("[", "#"))]
        parser = configparser.ConfigParser(interpolation=None)
        parser.read_string("[profile]\n" + "\n".join(lines))
        return dict(parser["profile"])

    def admin(self):
        """A client with the administrator's keys."""
        profile = self.profile()
        return Client(self.url, profile["apikey"], profile["secretkey"])

    def admin_password(self):
        """The password printed at the first start."""
        found = [line.split(":", 1)[1].strip() for line in self.lines if line.startswith("Admin password:")]
        assert found, f"no line 'Admin password:' was printed:\n{self.output()}"
        return found[0]

    def volume_file(self, uuid):
        """The bytes of a simulated volume."""
        return self.data / "simulator" / "volumes" / f"{uuid}.raw"

    def stop(self, number=signal.SIGTERM, seconds=120):
        """Sends a signal and gives the exit code; everything that the server wrote is among the lines then."""
        self.process.send_signal(number)
        code = self.process.wait(seconds)
        self.reader.join(seconds)
        return code

    def timed_stop(self, number=signal.SIGTERM):
        """Stops as stop does, and gives the exit code and the seconds it took without those the machine stood still."""
        with Stalls() as stalls:
            began = time.monotonic()
            code = self.stop(number)
            took = time.monotonic() - began
        return code, took - stalls.seconds

    def close(self):
        """Ends the process however it is."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)
