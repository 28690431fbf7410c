# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Starts Apache CloudMonkey 5, as published, on Jython (Python 2.7; no part of the test suite)."""

import imp
import sys

# This module of 1.9 MB is too large for a class file. Without it CloudMonkey knows no command before its first `sync`.
sys.modules["cloudmonkey.precache"] = None

try:
    import readline
except ImportError:
    # Jython has readline on a terminal only, and CloudMonkey cannot do without the name.
    readline = imp.new_module("readline")
    for name in (
        "get_completer",
        "parse_and_bind",
        "read_history_file",
        "set_completer",
        "set_startup_hook",
        "write_history_file",
    ):
        setattr(readline, name, lambda *ignored: None)
    sys.modules["readline"] = readline

from cloudmonkey.cloudmonkey import main

main()
