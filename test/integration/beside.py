# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""What the tools ``with-...`` do: run a command beside a server of the tests' own. Needs nothing but Python."""

import os
import subprocess
import sys
import tempfile

from programs import Missing


def run_beside(name, server_over, told, command):
    """Runs a command while a server runs over a folder of its own, and gives the command's exit code.

    ``server_over`` makes the server over a folder; ``told`` says what a started server adds to the command's environment.
    """
    tool = f"with-{name}"
    if not command:
        print(f"usage: {tool} COMMAND [ARGUMENT...]", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix=f"{name}-") as folder:
        try:
            server = server_over(folder)
        except Missing as missing:
            print(f"{tool}: {missing}", file=sys.stderr)
            return 1
        try:
            server.start()
            return subprocess.run(command, env={**os.environ, **told(server)}).returncode
        finally:
            server.stop()
