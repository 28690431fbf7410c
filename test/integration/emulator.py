# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""The emulator of PX-Backup as a process of its own, and what stands on its cluster."""

import re
import subprocess
import threading
from datetime import datetime, time, timedelta, timezone

import requests

from client import await_value
from programs import building
from server import REPOSITORY

JAR = REPOSITORY / "test" / "emulators" / "target" / "dist" / "emulators.jar"
READY_LINE = re.compile(r"PX-Backup emulator ready: (http://\S+) .*admin (http://\S+?)/_emu/")
CLUSTER = "sim-cluster"
NAMESPACE = "sim-pxbackup"
# When the daily policies of the demo and of the tests are due.
DUE = time(2, 0)
# More than tests with one emulator take together.
LONGEST = timedelta(minutes=25)


def build():
    """Builds the emulators when they are not built or older than their sources."""
    with building():
        _build()


def _build():
    sources = [path for path in (REPOSITORY / "test" / "emulators" / "src" / "main").rglob("*") if path.is_file()]
    if JAR.is_file() and all(path.stat().st_mtime <= JAR.stat().st_mtime for path in sources):
        return
    command = ["mvn", "-q", "-B", "-DskipTests", "-Dspotless.check.skip=true", "-pl", "test/emulators", "-am", "package"]
    done = subprocess.run(command, cwd=REPOSITORY, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, f"the emulators were not built:\n{done.stdout}\n{done.stderr}"
    # Maven leaves a jar alone whose content has not changed.
    JAR.touch()


def quiet_start(speed):
    """What the emulator's clock shows at first: no daily policy is due, by that clock, before any test has ended."""
    now = datetime.now(timezone.utc)
    due = datetime.combine(now.date(), DUE, timezone.utc)
    if due <= now:
        due += timedelta(days=1)
    return now if due - now > speed * LONGEST else due + timedelta(minutes=1)


class PxBackupEmulator:
    """One process; its clock runs many times as fast as the real one."""

    def __init__(self, speed=30):
        self.lines = []
        self.process = subprocess.Popen(
            ["java", "-Xmx128m", "-jar", JAR, "px-backup", "--port", "0", "--empty", "--speed", str(speed)]
            + ["--start", f"{quiet_start(speed):%Y-%m-%dT%H:%M:%SZ}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        threading.Thread(target=self._read, daemon=True).start()

        def ready():
            assert self.process.poll() is None, f"the emulator ended:\n{self.output()}"
            return next(filter(None, map(READY_LINE.search, self.lines)), None)

        self.url, self.admin = await_value(ready, 180, lambda: f"the emulator; it said:\n{self.output()}").groups()

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def output(self):
        """What it wrote."""
        return "\n".join(self.lines[-40:])

    def get(self, what):
        """A part of the emulator's state."""
        answer = requests.get(f"{self.admin}/_emu/{what}", timeout=60)
        assert answer.status_code == 200, f"{what}: {answer.status_code} {answer.text}"
        return answer.json()

    def post(self, what, body):
        """Tells the emulator something."""
        answer = requests.post(f"{self.admin}/_emu/{what}", json=body, timeout=60)
        assert answer.status_code == 200, f"{what} {body}: {answer.status_code} {answer.text}"

    def text(self, path):
        """What is on a claim now, by namespace/name."""
        claims = {f"{each['namespace']}/{each['name']}": each for each in self.get("inventory")[CLUSTER]["claims"]}
        assert path in claims, f"there is no claim {path}, only {sorted(claims)}"
        return claims[path]["text"]

    def write(self, path, text):
        """Changes what is on a claim, as a running VM would."""
        namespace, claim = path.split("/")
        self.post("inventory", {"cluster": CLUSTER, "write": {"namespace": namespace, "claim": claim, "text": text}})

    def names(self, kind):
        """Names of the product's objects of a kind, such as backups."""
        return [each["name"] for each in self.get("state")[kind]]

    def mishap(self, kind, **more):
        """Lets something go wrong inside the product, once."""
        self.post("mishaps", {"kind": kind, "name": ".*", **more})

    def close(self):
        """Ends the process."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)
