# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""The clients that the main job runs through, all with one face: run(command, **params) gives the final result."""

import json
import os
import re
import select
import shlex
import subprocess
import time

import cs


class CsRunner:
    """The `cs` package with its own signing and job polling."""

    def __init__(self, url, key, secret):
        self.api = cs.CloudStack(url, key, secret, fetch_result=True, job_timeout=180, poll_interval=0.2)

    def run(self, command, **params):
        """The result of a call, of its job when there is one."""
        return getattr(self.api, command)(**params)


class CmkRunner:
    """A CloudMonkey binary with a home folder and profile of its own."""

    def __init__(self, binary, home, url, key, secret):
        self.binary = binary
        self.environment = {**os.environ, "HOME": str(home)}
        for name, value in (("url", url), ("apikey", key), ("secretkey", secret), ("asyncblock", "true")):
            self._cmk("set", name, value)
        self._cmk("sync")

    def _cmk(self, *arguments):
        done = subprocess.run(
            [self.binary, "-o", "json", *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            env=self.environment,
        )
        assert done.returncode == 0, f"cmk {arguments[0]} ended with {done.returncode}: {done.stdout}{done.stderr}"
        return done.stdout

    def run(self, command, **params):
        """The result of a call as CloudMonkey prints it."""
        verb, noun = re.fullmatch(r"([a-z]+)(.*)", command).groups()
        printed = self._cmk(verb, noun.lower(), *(f"{name}={value}" for name, value in params.items()))
        return json.loads(printed) if printed.strip() else {}


class CloudMonkey5Runner:
    """One interactive session of CloudMonkey 5: its start takes seconds, its commands do not."""

    PROMPT = b"(local) ready> "

    def __init__(self, binary, home, url, key, secret):
        self.session = subprocess.Popen(
            [binary],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            # Else Jython leaves what it compiles beside the sources, where another session may read half of it.
            env={**os.environ, "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"},
        )
        try:
            self._type("set prompt ready>")
            for name, value in (("url", url), ("apikey", key), ("secretkey", secret), ("asyncblock", "true")):
                self._type(f"set {name} {value}")
            assert "APIs discovered" in re.sub(r"\x1b\[[0-9;]*m", "", self._type("sync"))
            self._type("set color false")
            self._type("set display json")
        except BaseException:
            self.close()
            raise

    def _type(self, line, timeout=120):
        self.session.stdin.write(line.encode() + b"\n")
        self.session.stdin.flush()
        printed = b""
        end = time.monotonic() + timeout
        while not printed.endswith(self.PROMPT):
            ready, _, _ = select.select([self.session.stdout], [], [], max(0, end - time.monotonic()))
            assert ready, f"cloudmonkey did not end {line.split()[:2]} in {timeout} s: {printed.decode()}"
            more = os.read(self.session.stdout.fileno(), 65536)
            assert more, f"cloudmonkey ended at {line.split()[:2]}: {printed.decode()}"
            printed += more
        return printed.removesuffix(self.PROMPT).decode()

    def run(self, command, **params):
        """The result of a call, of its job when there is one, as CloudMonkey prints it."""
        verb, noun = re.fullmatch(r"([a-z]+)(.*)", command).groups()
        words = [verb, noun.lower(), *(shlex.quote(f"{name}={value}") for name, value in params.items())]
        printed = self._type(" ".join(words))
        assert "Error" not in printed, f"{command}: {printed}"
        # While it waits for a job it draws a turning line before the result; of an empty result it prints nothing.
        text = printed.lstrip("|/-\\\r \n")
        result = json.loads(text) if text else {}
        return result["jobresult"] if "jobresult" in result else result

    def close(self):
        """Ends the session."""
        self.session.stdin.close()
        self.session.stdout.close()
        try:
            self.session.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.session.kill()
            self.session.wait()
