# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Server processes of the tests' own: a free port, a log, an end. Needs nothing but Python."""

import random
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

STOP_SECONDS = 30
# Below those that the kernel gives to connections and to servers that ask for any.
PORTS = range(20000, 32768)
_claims = []


def free_port():
    """A port nobody listens on now, and that no other process of the suite is given while this one lives."""
    while True:
        port = random.choice(PORTS)
        # Nobody uses UDP here, so whoever has the UDP port of a number has claimed the number.
        claim = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            claim.bind(("127.0.0.1", port))
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            claim.close()
        else:
            _claims.append(claim)
            return port


def await_value(probe, seconds, what, interval=0.1):
    """Calls probe until it gives a value that counts as true, so no empty text or list; fails after so many seconds.

    What is awaited is a text, or a function that makes the text when it is needed.
    """
    deadline = time.monotonic() + seconds
    while True:
        value = probe()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"after {seconds} s still waiting for: {what() if callable(what) else what}")
        time.sleep(interval)


class Stalls:
    """While it is entered, sums up in seconds for how long the machine stood still, as short naps tell by their lateness.

    A promise about time is one about a machine that runs: what it stood still is taken off before the time is judged.
    """

    NAP = 0.05

    def __init__(self):
        self.seconds = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._measure, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()

    def _measure(self):
        while not self._over.is_set():
            began = time.monotonic()
            time.sleep(self.NAP)
            self.seconds += max(0.0, time.monotonic() - began - self.NAP)


class Process:
    """One process with its output in a log file; may be started again after it ended."""

    def __init__(self, command, log, environment=None):
        self.command = [str(each) for each in command]
        self.log = Path(log)
        self.environment = environment
        self.process = None

    def start(self, answers, seconds):
        """Returns when it answers; fails at once when it ends, and after so many seconds."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.environment,
            )

        def ready():
            assert self.running(), f"{self.command[0]} ended with {self.process.returncode}:\n{self.tail()}"
            return answers()

        try:
            await_value(ready, seconds, lambda: f"{self.command[0]} to answer; it said:\n{self.tail()}")
        except BaseException:
            self.kill()
            raise
        return self

    def running(self):
        """Whether it was started and has not ended."""
        return self.process is not None and self.process.poll() is None

    def tail(self):
        """The end of its log."""
        return self.log.read_text(errors="replace")[-3000:]

    def stop(self):
        """Asks it to end and waits; kills it when it does not. Gives its exit code, None if it never ran."""
        if self.running():
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()
        return None if self.process is None else self.process.returncode

    def kill(self):
        """Ends it at once, as a crash does."""
        if self.running():
            self.process.kill()
            self.process.wait(STOP_SECONDS)
