# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""The transcript in README.rst is what a reader gets: every command is run, every line of output compared."""

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MARK = "-- the next command --"
CHANGING = [
    (re.compile(r'"managementservername": "[^"]*"'), '"managementservername": "<name>"'),
    (re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "<id>"),
    (re.compile(r"_\d{15}_[0-9a-f]{8}"), "<point>"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000"), "<date>"),
]


def transcript():
    """Pairs of command and expected output."""
    text = (ROOT / "README.rst").read_text()
    block = text.split(".. transcript-begin")[1].split(".. transcript-end")[0]
    lines = textwrap.dedent(block.split("console\n")[1]).strip().splitlines()
    pairs = []
    for line in lines:
        if line.startswith("$ "):
            pairs.append((line[2:], []))
        else:
            pairs[-1][1].append(line)
    return pairs


def run(pairs, data):
    """What a shell prints for each command, with the server's data folder in the place of ./data."""
    script = "\n".join(f"echo '{MARK}'\n{{ {command}\n}} 2>&1 </dev/null" for command, _ in pairs)
    folder = data.parent / "reader"
    folder.mkdir()
    (folder / "data").symlink_to(data)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", script], cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True, timeout=300
    )
    return [part.strip("\n").splitlines() for part in done.stdout.split(MARK + "\n")[1:]]


def unchanging(lines):
    text = "\n".join(line.rstrip() for line in lines)
    for pattern, name in CHANGING:
        text = pattern.sub(name, text)
    return text


def test_the_transcript_is_true(new_server):
    server = new_server().start()
    pairs = transcript()
    assert len(pairs) > 15, "the transcript was found"
    printed = run(pairs, server.data)
    assert len(printed) == len(pairs)
    for (command, expected), actual in zip(pairs, printed, strict=True):
        assert unchanging(actual) == unchanging(expected), f"$ {command}\n" + "\n".join(actual)
