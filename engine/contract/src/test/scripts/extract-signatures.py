#!/usr/bin/env python3
# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Take from the full list of CloudStack's signatures the types that this module declares.

Run it after a type has been added or removed:

    mvn -q -pl engine/contract compile
    engine/contract/src/test/scripts/extract-signatures.py LIST

LIST is the full list (or the environment variable CLOUDSTACK_SIGNATURES names it). A declared type that the list does not
have is an error; the conformance test then compares the members.
"""

import os
import pathlib
import re
import sys

MODULE = pathlib.Path(__file__).resolve().parents[3]
TARGET = MODULE / "src/test/resources/cloudstack-4.22.signatures.txt"
HEADER = """\
# Public and protected members of the CloudStack 4.22.0 types that engine/contract declares, recorded from compiled classes.
# Taken from the full list by src/test/scripts/extract-signatures.py; do not edit. One block a type: kind, binary name,
# superclass, interfaces. Then `field`/`method`, modifiers, name, JVM descriptor; constants with their value; `generic` =
# generic signature; `default` = default of an annotation element. Private and synthetic members are left out.
"""
TYPE = re.compile(r"(?:abstract class|class|interface|enum|@interface) (\S+)")


def declared_types():
    classes = MODULE / "target/classes"
    return {
        str(path.relative_to(classes))[: -len(".class")].replace(os.sep, ".")
        for path in classes.rglob("*.class")
        if path.name != "package-info.class"
    }


def blocks(text):
    """Map the binary name of every type in the list to its block."""
    found = {}
    for block in text.split("\n\n"):
        block = block.strip("\n")
        match = TYPE.match(block)
        if match:
            found[match.group(1)] = block
    return found


def main():
    source = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("CLOUDSTACK_SIGNATURES")
    if not source:
        sys.exit("usage: extract-signatures.py LIST (or set CLOUDSTACK_SIGNATURES)")
    recorded = blocks(pathlib.Path(source).read_text(encoding="utf-8"))
    declared = declared_types()
    if not declared:
        sys.exit("target/classes has no class: compile engine/contract first")
    missing = sorted(declared - recorded.keys())
    if missing:
        sys.exit("not in " + source + ": " + ", ".join(missing))
    text = HEADER + "".join("\n" + recorded[name] + "\n" for name in sorted(declared))
    TARGET.write_text(text, encoding="utf-8")
    print(f"{len(declared)} types in {TARGET.name}")


if __name__ == "__main__":
    main()
