# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Programs that tests need and that are built once, into a cache outside the checkout. Needs nothing but Python."""

import contextlib
import fcntl
import subprocess
from pathlib import Path

TOOLS = Path(__file__).resolve().parent / "tools"


class Missing(Exception):
    """A program that a test needs is not installed, or not built yet."""


def go_program(name):
    """Where a program is that ``tools/install-NAME`` builds with the Go tool."""
    done = subprocess.run([TOOLS / f"install-{name}", "--cached"], capture_output=True, text=True, timeout=60)
    if done.returncode != 0:
        raise Missing(done.stderr.strip())
    return done.stdout.strip()


@contextlib.contextmanager
def building():
    """Keeps every other process of the suite from building in the checkout at the same time."""
    with (TOOLS.parents[2] / "pom.xml").open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
