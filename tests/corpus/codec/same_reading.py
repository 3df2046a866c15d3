#!/usr/bin/env python3
"""Compares our reading of every YAML file with that of npm's yaml (YAML 1.2).

usage: same_reading.py YAML_AS_JSON FOLDER. Exits with 77 if the folder, node or the package is absent.
"""
import json
import pathlib
import shutil
import subprocess
import sys

SKIPPED = 77
READERS = pathlib.Path(__file__).resolve().parents[2] / "yaml"


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(SKIPPED)


def readings(command):
    """What a reader makes of each file, in order."""
    lines = subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def same(ours, theirs):
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(same(value, theirs[key]) for key, value in ours.items())
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    numbers = (int, float)  # JavaScript does not tell 1 from 1.0
    if type(ours) in numbers and type(theirs) in numbers:
        return ours == theirs or is_octal(ours, theirs)
    return type(ours) is type(theirs) and ours == theirs


def is_octal(ours, theirs):
    """`0755` is 755 in YAML 1.2, and 493 for us as for kubectl."""
    digits = str(theirs)
    return set(digits) <= set("01234567") and int(digits, 8) == ours


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    if not folder.is_dir():
        skip(f"corpus data is absent: {folder}")
    node = shutil.which("node") or skip("node is not installed")
    if not (READERS / "node_modules" / "yaml").is_dir():
        skip("the npm package yaml is not installed: run `npm ci` in tests/yaml")
    files = sorted(path for pattern in ("*.yaml", "*.yml") for path in folder.rglob(pattern))
    pairs = zip(files, readings([program, *files]), readings([node, READERS / "read_back.mjs", "yaml", *files]), strict=True)
    different = [path for path, ours, theirs in pairs if not same(ours, theirs)]
    for path in different:
        print(f"read differently: {path}")
    print(f"{len(files)} files, {len(different)} read differently")
    sys.exit(1 if different or not files else 0)


main()
