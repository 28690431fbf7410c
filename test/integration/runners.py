# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""The clients that the main job runs through, all with one face: run(command, **params) gives the final result."""

import json
import os
import re
import subprocess

import cs


class CsRunner:
    """The `cs` package with its own signing and job polling."""

    def __init__(self, url, key, secret):
        self.api = cs.CloudStack(url, key, secret, fetch_result=True, job_timeout=60, poll_interval=0.2)

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
