# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Random calls from 64 clients for a while: no error, and no memory lost. For longer: benchmarks/run api-load 64 300."""

import subprocess

from programs import building
from server import REPOSITORY


def test_64_clients_meet_no_error_and_lose_no_memory(built):
    with building():  # which it does first
        done = subprocess.run(
            [str(REPOSITORY / "benchmarks" / "run"), "api-load", "64", "25"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=600,
        )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr[-3000:]}"
    assert " 0 errors" in done.stdout, done.stdout
